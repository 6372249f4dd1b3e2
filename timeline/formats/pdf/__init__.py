"""The briefing as PDF that a screen reader can read: PDF/UA-1 (ISO 14289-1), set by typst with the bundled fonts."""

import json
from pathlib import Path

from timeline.formats.axis import axis
from timeline.formats.pdf.matter import fitted, matter, without_marks
from timeline.formats.pdf.press import printed
from timeline.scene.briefing import briefing
from timeline.scene.extract import Extract
from timeline.scene.prose import Document, Figure
from timeline.svg.letters import FONTS

TEMPLATE = (Path(__file__).parent / "briefing.typ").read_text()


def write(extract: Extract) -> bytes:
    """The file of an extract, in the active language; the same bytes for the same answer of the record."""
    return printed(job(briefing(extract, axis(extract))))


def job(document: Document) -> dict:
    """What the press needs for a document."""
    files = {"main.typ": TEMPLATE, "data.json": json.dumps(matter(document), ensure_ascii=False)}
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    if figures:
        files["figure.svg"] = without_marks(fitted(figures[0].svg))
    return {"files": files, "fonts": str(FONTS), "stamp": int(document.stamp.timestamp())}
