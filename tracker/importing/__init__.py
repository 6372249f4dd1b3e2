"""Import and export of the desk's events: files to staged rows, rows to a plan, a plan to drafts; events to files."""
