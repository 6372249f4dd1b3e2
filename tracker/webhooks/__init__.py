"""Telling other sites of changes: what is signed, how it is sent, what becomes of it."""
