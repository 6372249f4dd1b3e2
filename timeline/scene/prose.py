"""What a document made for reading consists of, whatever file it becomes: headings, paragraphs, tables, a figure, and
notes at the foot of the page. Each piece of text knows its language."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import overload

from timeline.scene.citation import in_one_line

# What neither XML 1.0 (section 2.2) nor a PDF can hold: surrogates and the code points that are no characters.
_LAST_TWO = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_NO_CHARACTER = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]")
# RFC 5646, as far as files know it: what else a source claims to be written in stays unmarked.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PLACE = "\x00"


class Look(StrEnum):
    """What a paragraph is, for the style that it gets."""

    LEAD = "lead"
    EVENT = "event"
    DETAIL = "detail"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one language; `language` is empty for the document's own, `link` the address that they lead to."""

    text: str
    language: str = ""
    link: str = ""
    strong: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the foot of the page, called where it stands among the pieces."""

    pieces: tuple[Piece, ...]


Run = Piece | Note
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` counts from 1 under the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`kept`: it stays on one page with what follows."""

    runs: Runs
    look: Look = Look.BODY
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`name` says what it is to who cannot see it; `head` is a row of headings or empty; `widths` in per cent. A cell
    is a list of lines. The first cell of a row is the heading of the row."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[tuple[Runs, ...], ...], ...]
    widths: tuple[int, ...]
    leading: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG, `alt` what it shows in words."""

    svg: str
    alt: str
    name: str
    caption: str


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `running` stands on the right of each page's head, the site on its left; `stamp` is the instant
    of the record that it shows, and all that its file says of the time of its making."""

    title: str
    site: str
    running: str
    subject: str
    language: str
    stamp: datetime
    blocks: tuple[Block, ...]


def piece(text: str, language: str = "", link: str = "", *, strong: bool = False, soft: bool = False) -> Piece:
    """A piece of text in one line, without what no file can hold."""
    return Piece(cleaned(text), language if _LANGUAGE.fullmatch(language) else "", link, strong, soft)


def cleaned(text: str) -> str:
    """The text as one line, of characters alone; spaces at its ends stay, as pieces stand side by side."""
    words = _NO_CHARACTER.sub("", text)
    before, after = words[:1].isspace(), words[-1:].isspace()
    words = in_one_line(words)
    return f"{' ' if before else ''}{words}{' ' if after else ''}" if words else " " if before else ""


@overload
def around(sentence: str, name: str, inner: tuple[Piece, ...], **plain: str) -> tuple[Piece, ...]: ...


@overload
def around(sentence: str, name: str, inner: tuple[Run, ...], **plain: str) -> tuple[Run, ...]: ...


def around(sentence: str, name: str, inner: tuple[Run, ...], **plain: str) -> tuple[Run, ...]:
    """A translated sentence with `%(name)s` in it, the named part being pieces of its own language."""
    before, _, after = (sentence % {name: _PLACE, **plain}).partition(_PLACE)
    return tuple(one for one in (piece(before), *inner, piece(after)) if isinstance(one, Note) or one.text)
