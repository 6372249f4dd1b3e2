"""The sources that the desk knows: their addresses, what is proposed for a new one, and whether they still open."""
