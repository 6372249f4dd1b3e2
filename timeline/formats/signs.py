"""The signs that a text may hold in a file of another program's."""

import re

# What XML 1.0 (2.2) and the TEXT of RFC 5545 (3.3.11) forbid, and the separators at which some programs break lines.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def safe(text: str) -> str:
    """The text with a space for each sign that a file cannot hold; its line breaks are `\\n` alone."""
    return _UNSAFE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
