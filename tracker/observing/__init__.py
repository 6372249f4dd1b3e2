"""What an operator sees of the running site: logs, metrics, reports of errors. Nothing here tells who a reader is."""
