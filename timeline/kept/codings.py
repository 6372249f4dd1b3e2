"""The content codings of an answer: which are made, and which a reader is given (RFC 9110, 12.5.3)."""

import gzip
import re
from functools import lru_cache

import brotli

IDENTITY, GZIP, BROTLI = "", "gzip", "br"
# The best first, where a reader likes them alike.
_PREFERRED = (BROTLI, GZIP, IDENTITY)
_NAMES = {"gzip": GZIP, "x-gzip": GZIP, "br": BROTLI, "identity": IDENTITY}
_TEXT = re.compile(r"text/|application/(.*\+)?(json|xml|javascript|x-ndjson|yaml|link-format)\b|image/svg")
_LEAST = 200  # bytes: less does not get smaller
# Both take about as long for a page; one more step of brotli takes several times as long and saves a hundredth.
_GZIP_LEVEL, _BROTLI_QUALITY = 6, 5
_QUICK = 1  # of both: for what is coded for one reader


def coded(body: bytes, content_type: str) -> dict[str, bytes]:
    """The body as it is and, of a text, in each coding that makes it smaller."""
    bodies = {IDENTITY: body}
    if len(body) >= _LEAST and _TEXT.match(content_type):
        made = {
            GZIP: gzip.compress(body, _GZIP_LEVEL, mtime=0),
            BROTLI: brotli.compress(body, quality=_BROTLI_QUALITY),
        }
        bodies |= {coding: smaller for coding, smaller in made.items() if len(smaller) < len(body)}
    return bodies


def quickly_coded(body: bytes, coding: str) -> bytes:
    """The body in one coding, for one reader: made in a fraction of the time, a little larger."""
    if coding == GZIP:
        return gzip.compress(body, _QUICK, mtime=0)
    return brotli.compress(body, quality=_QUICK) if coding == BROTLI else body


@lru_cache(maxsize=256)
def wanted(accept: str) -> tuple[str, ...]:
    """The codings that an Accept-Encoding allows, what the reader likes best first; the body as it is at the end, for a
    reader who allows nothing that there is."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        weights[_NAMES.get(name.strip(), name.strip())] = _weight(parameters.strip())
    other = weights.get("*", 0.0)
    found = {coding: weights.get(coding, other) for coding in (BROTLI, GZIP)}
    # Not named, it is allowed, and liked least.
    found[IDENTITY] = weights.get(IDENTITY, min(other, 0.0001) if "*" in weights else 0.0001)
    liked = sorted((coding for coding in _PREFERRED if found[coding] > 0), key=lambda coding: -found[coding])
    return (*liked, IDENTITY)


def _weight(parameters: str) -> float:
    """The weight that "q=0.5" means; 1 without one, 0 for what is none."""
    if not parameters:
        return 1.0
    weight = re.fullmatch(r"q\s*=\s*([01](?:\.\d{0,3})?)", parameters)
    return min(float(weight[1]), 1.0) if weight else 0.0
