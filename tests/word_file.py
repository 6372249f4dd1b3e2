"""Reads a Word file by its XML (ECMA-376), with no help of the library that wrote it."""

import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass
class Line:
    """A paragraph: its style, its text, the texts of each language, what leads where, the numbers of its notes."""

    style: str
    text: str = ""
    languages: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)


class WordFile:
    """A file that was opened: `lines` of the body in order, `notes` by their numbers."""

    def __init__(self, content: bytes):
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.body = self.part("word/document.xml")
        self.lines = [self._line(one, "document") for one in self.body.iter(f"{W}p")]
        notes = self.part("word/footnotes.xml")
        self.notes = {
            int(note.get(f"{W}id")): self._line(note.find(f"{W}p"), "footnotes")
            for note in notes
            if note.get(f"{W}type") is None
        }

    def part(self, name: str) -> etree._Element:
        return etree.fromstring(self.archive.read(name))

    def styled(self, style: str) -> list[Line]:
        return [line for line in self.lines if line.style == style]

    def texts(self, style: str) -> list[str]:
        return [line.text for line in self.styled(style)]

    def _relations(self, part: str) -> dict[str, str]:
        name = f"word/_rels/{part}.xml.rels"
        if name not in self.archive.namelist():
            return {}
        return {one.get("Id"): one.get("Target") for one in self.part(name)}

    def _line(self, paragraph, part: str) -> Line:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        line = Line(style.get(f"{W}val") if style is not None else "")
        relations = self._relations(part)
        for run in paragraph.iter(f"{W}r"):
            words = "".join(one.text or "" for one in run.iter(f"{W}t"))
            line.text += words
            language = run.find(f"{W}rPr/{W}lang")
            if language is not None:
                tag = language.get(f"{W}val") or language.get(f"{W}bidi")
                line.languages[tag] = line.languages.get(tag, "") + words
            if run.getparent().tag == f"{W}hyperlink":
                line.links[words] = relations[run.getparent().get(f"{R}id")]
            line.notes += [int(one.get(f"{W}id")) for one in run.iter(f"{W}footnoteReference")]
        return line
