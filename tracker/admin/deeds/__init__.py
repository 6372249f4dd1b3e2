"""The screens of the deeds on the record: what would change, what forbids it, what is asked, and doing it."""
