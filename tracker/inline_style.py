"""The style sheets that stand within the public pages, and the hashes by which the content policy allows them.

A sheet in the page spares the round trip that would have to end before anything is seen: a page is drawn while it is
still arriving. It is the same text on every page, so that one hash allows it.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import rcssmin

_STATIC = Path(__file__).resolve().parent.parent / "static"
# What every public page begins with, and what the page within a frame adds to it.
NAMES = ("site/site.css", "embed/frame.css")
# Read once, when the process starts: a page and the policy that comes with it can never tell of different files.
STYLES = {name: rcssmin.cssmin((_STATIC / name).read_text()) for name in NAMES}


def source_hash(text: str) -> str:
    """What allows an inline sheet of exactly this text in `style-src`: `'sha256-…'`, with its quotes (CSP 3, 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


HASHES = [source_hash(text) for text in STYLES.values()]
