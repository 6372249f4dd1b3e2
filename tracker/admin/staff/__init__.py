"""Who works at the desk: accounts, roles, passwords."""
