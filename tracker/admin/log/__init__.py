"""The log: written by every page, read as a list, as a file, and as the history of one thing."""
