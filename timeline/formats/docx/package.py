"""The parts of a Word file: python-docx keeps the package, our own parts are put into it.

python-docx 1.2 knows no footnotes, so their part is made here (ECMA-376-1, 17.11): with the two separators, its own
relations for links, and its place in the settings.
"""

import io
from datetime import UTC
from pathlib import Path

from docx import Document as blank
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Emu

from timeline.formats.docx.pen import LANGUAGES, Pen, page
from timeline.scene.prose import Document, Figure
from timeline.svg.raster import png

HERE = Path(__file__).parent
# What python-docx's own template brings and this file needs not: a picture of an empty page, older styles, lists.
UNWANTED = ("customXml", "thumbnail", "stylesWithEffects", "numbering", "webSettings")
TEXT_WIDTH = Emu(5_943_600)  # 6.5 inches, as pen.WIDTH
PIXELS = 2_000
MOST = 255  # letters of a property


class Package:
    """One file in the making."""

    def __init__(self, document: Document):
        self.document = document
        self.file = blank()
        self.main = self.file.part
        for part in (self.file.part.package, self.main):
            _prune(part.rels)

    def saved(self) -> bytes:
        """The bytes of the file, with the times at which its parts were written."""
        pen = Pen(self._picture)
        # A new root for each part: to move what is below it one by one takes seconds where there are many.
        self.main._element = parse_xml(pen.body(self.document))
        self._links(self.main, pen.links)
        self._footnotes(pen)
        self._pages()
        self._styles()
        self._properties()
        made = io.BytesIO()
        self.file.save(made)
        return made.getvalue()

    def _picture(self, figure: Figure) -> str:
        """The XML of a figure, whose picture is put into the package: PNG at twice the density of a screen."""
        inline = self.main.new_pic_inline(io.BytesIO(png(figure.svg, width=PIXELS)), width=TEXT_WIDTH)
        for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice leaves a gap
            inline.set(side, "0")
        inline.docPr.set("name", figure.name)
        inline.docPr.set("descr", figure.alt)
        return inline.xml

    def _links(self, part: Part, links: dict[str, str]) -> None:
        for address, name in links.items():
            part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)

    def _footnotes(self, pen: Pen) -> None:
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, pen.footnotes(), self.main.package)
        self._links(part, pen.note_links)
        self.main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _pages(self) -> None:
        """Head and foot of the pages, with their number."""
        section = self.main.document.sections[0]
        for part, name in ((section.header, "header"), (section.footer, "footer")):
            part.is_linked_to_previous = False
            part.part._element = parse_xml(page(name, self.document))

    def _styles(self) -> None:
        language = LANGUAGES[self.document.language]
        styles = (HERE / "styles.xml").read_text().replace("{language}", language)
        self.main._styles_part._element = parse_xml(styles)
        settings = (HERE / "settings.xml").read_text().replace("{language}", language)
        self.main._settings_part._element = parse_xml(settings)
        fonts = self.main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
        fonts._blob = (HERE / "fonts.xml").read_bytes()

    def _properties(self) -> None:
        """What the file says of itself (Dublin Core, ECMA-376-2, 8.3), none of it from the clock of this machine."""
        document, core = self.document, self.file.core_properties
        core.title, core.author, core.subject = document.title[:MOST], document.site, document.subject[:MOST]
        core.comments, core.keywords, core.last_modified_by = "", "", document.site
        core.language, core.revision = LANGUAGES[document.language], 1
        core.created = core.modified = document.stamp.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _prune(rels) -> None:
    for name, rel in list(rels.items()):
        if rel.reltype.rsplit("/", 1)[-1] in UNWANTED:
            del rels[name]
