"""The URL grammar: which events, seen from when, drawn how, read from a query string and printed as one.

One table (`table.PARAMETERS`) has one row a parameter; what stands here is all that the rest of the project calls.
"""

from timeline.query.faults import BadParameter, BadQuery
from timeline.query.parsing import parse, repeated
from timeline.query.printing import canonical, hidden_fields, in_words

__all__ = ["BadParameter", "BadQuery", "canonical", "hidden_fields", "in_words", "parse", "repeated"]
