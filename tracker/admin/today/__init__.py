"""The first page of the desk: what waits, what needs attention, what comes next."""
