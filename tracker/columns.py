"""The columns that the public's table of events and the desk's import share, by name. Pure.

The public's export writes the import's own columns (`tracker/importing/columns.py` says how each is read), and beside
them what only a reader needs; the import reads past those.
"""

# The parts of a text, each a column a language: `title_en`.
WORDS = ("title", "label", "summary", "note")
# What the public's table tells beside what the desk keeps: it follows from the rest, or only the record has it.
TOLD = (
    "number",
    "earliest",
    "latest",
    "language",
    "known_from",
    "stated",
    "sources_read",
    "address",
    "permanent_address",
)
