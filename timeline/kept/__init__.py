"""Whole answers, kept while what they tell of stands: by each process for itself, and by a store that all share.

An answer is kept under its question (the path and the parameters) with the token of what it was made from: the version
of the record, the stamps of what has no history, the day (rule 12 of docs/record.md). It is given again while the token
is that of the record, so nothing is ever purged; a pinned answer has no token and stands for ever. While the database
is away, the last good copy is given, and says so.
"""
