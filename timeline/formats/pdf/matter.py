"""A document as plain data for typst: strings, which it never reads as markup, and of signs that the fonts have.

PDF/UA-1 (ISO 14289-1, 7.21) refuses a sign without a glyph, and so does typst.
"""

import re
import unicodedata
from functools import cache

from timeline.scene.prose import Block, Document, Figure, Heading, Note, Paragraph, Piece, Run, Table
from timeline.svg.letters import Face
from timeline.svg.truetype import advances

LANGUAGES = {"en": ("en", "US"), "es": ("es", "MX"), "fr": ("fr", "CA")}
MISSING = "□"
# A word longer than this may be broken anywhere, at no visible sign; an address is broken by typst itself.
LONG = 30
_LONG_WORD = re.compile(rf"\S{{{LONG + 1},}}")
ZERO_WIDTH = "\u200b"


def matter(document: Document) -> dict:
    """All that the template reads."""
    language, region = LANGUAGES[document.language]
    return {
        "title": fitted(document.title),
        "site": fitted(document.site),
        "running": fitted(document.running),
        "subject": fitted(document.subject),
        "language": language,
        "region": region,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict:
    match block:
        case Heading():
            return {"is": "heading", "level": block.level, "text": fitted(block.text)}
        case Paragraph():
            return {"is": "paragraph", "look": block.look.value, "runs": _runs(block.runs)}
        case Table():
            rows = [[[_runs(line) for line in cell] for cell in row] for row in block.rows]
            head = [fitted(words) for words in block.head]
            return {"is": "table", "head": head, "rows": rows, "widths": block.widths, "leading": block.leading}
        case Figure():
            words = {"alt": block.alt, "name": block.name, "caption": block.caption}
            return {"is": "figure"} | {name: fitted(said) for name, said in words.items()}


def _runs(runs: tuple[Run, ...]) -> list[dict]:
    return [{"note": [_piece(one) for one in run.pieces]} if isinstance(run, Note) else _piece(run) for run in runs]


def _piece(piece: Piece) -> dict:
    # typst takes a language and a region apart.
    own = piece.language.split("-")[0].lower()
    language, region = LANGUAGES.get(own, (own or None, None))
    shown = fitted(piece.text)
    return {
        "text": shown if piece.link == piece.text else _LONG_WORD.sub(_breakable, shown),
        "language": language,
        "region": region,
        "link": piece.link,
        "strong": piece.strong,
        "soft": piece.soft,
    }


def _breakable(word: re.Match) -> str:
    signs = word[0]
    return ZERO_WIDTH.join(signs[place : place + LONG // 2] for place in range(0, len(signs), LONG // 2))


def fitted(text: str) -> str:
    """The text in signs that the fonts have: what only directs others falls out, a variant becomes
    the plain sign, and any other a square."""
    has = _signs()
    composed = unicodedata.normalize("NFC", text)
    if all(sign in has for sign in composed):
        return composed
    return "".join(_fit(sign) for sign in composed)


def without_marks(text: str) -> str:
    """The text without the marks that are set above or below a letter and have no sign with it: typst takes none of
    them in a picture of an accessible PDF."""
    return "".join(sign for sign in text if unicodedata.category(sign) not in ("Mn", "Me"))


def _fit(sign: str) -> str:
    if sign in _signs() or sign in "\t\n":
        return sign
    if unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return ""
    # A hyphen that does not break, a narrow space, a letter of full width: the plain one instead.
    plain = unicodedata.normalize("NFKC", sign).replace("\u2010", "-")
    return plain if all(one in _signs() for one in plain) else MISSING


@cache
def _signs() -> frozenset[str]:
    """The signs that each of the fonts has."""
    return frozenset(chr(code) for code in set.intersection(*(set(advances(face.path)) for face in Face)))
