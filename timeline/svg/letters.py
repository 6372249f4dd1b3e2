"""The letters of the pictures: two families in two weights, how wide a text comes out, where it is cut or broken."""

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from timeline.svg.truetype import advances

FONTS = Path(__file__).resolve().parent.parent / "fonts"
SANS, SERIF = "Source Sans 3", "Source Serif 4"
ELLIPSIS = "…"


class Face(StrEnum):
    """A font, by the name of its file."""

    SANS = "SourceSans3_400Regular"
    BOLD = "SourceSans3_700Bold"
    SERIF = "SourceSerif4_400Regular"
    STRONG = "SourceSerif4_600SemiBold"

    @property
    def path(self) -> Path:
        return FONTS / f"{self}.ttf"

    @property
    def family(self) -> str:
        """The families to ask for, where the font itself is not at hand."""
        if self in (Face.SERIF, Face.STRONG):
            return f"'{SERIF}', 'Source Serif Pro', Georgia, 'Liberation Serif', serif"
        return f"'{SANS}', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

    @property
    def weight(self) -> int:
        return {Face.BOLD: 700, Face.STRONG: 600}.get(self, 400)


@cache
def _advances(face: Face) -> dict[int, float]:
    return advances(face.path)


def _advance(sign: str, known: dict[int, float]) -> float:
    """The width of a sign in ems; of one that the font lacks, about what another font will take."""
    found = known.get(ord(sign))
    if found is not None:
        return found
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Me", "Mn"):
        return 0.0
    return 1.3 if unicodedata.east_asian_width(sign) in "WF" else 0.75


@lru_cache(maxsize=8192)
def width(text: str, size: float, face: Face = Face.SANS) -> float:
    """How wide a text is on one line, in pixels at a size in pixels."""
    known = _advances(face)
    return size * sum(_advance(sign, known) for sign in text)


def cut(text: str, room: float, size: float, face: Face = Face.SANS) -> str:
    """As much of a text as has room, with an ellipsis where it is cut; empty where not one letter has room."""
    if width(text, size, face) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, size, face) <= room:
            low = middle
        else:
            high = middle - 1
    # A mark that belongs to the letter before stays with it.
    while low > 1 and low < len(text) and unicodedata.combining(text[low]):
        low -= 1
    return text[:low].rstrip() + ELLIPSIS if low else ""


def wrap(text: str, room: float, size: float, face: Face = Face.SANS, *, most: int = 3) -> list[str]:
    """A text in lines, at most so many; the last is cut where more is left. A word longer than a line is broken."""
    lines: list[str] = []
    line, words = "", text.split()
    for number, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width(longer, size, face) <= room:
            line = longer
            continue
        if len(lines) == most - 1:
            return [*lines, cut(" ".join([line, *words[number:]]).strip(), room, size, face)]
        if line:
            lines.append(line)
        line = word if width(word, size, face) <= room or len(lines) == most - 1 else ""
        if not line:
            pieces = _broken(word, room, size, face)
            lines += pieces[:-1]
            line = pieces[-1]
            if len(lines) >= most:
                return [*lines[: most - 1], cut(lines[most - 1] + ELLIPSIS, room, size, face)]
    return [*lines, cut(line, room, size, face)] if line else lines


def _broken(word: str, room: float, size: float, face: Face) -> list[str]:
    """A word in pieces that each have room, of one letter at least."""
    pieces, piece = [], ""
    for sign in word:
        if piece and width(piece + sign, size, face) > room:
            pieces.append(piece)
            piece = sign
        else:
            piece += sign
    return [*pieces, piece]
