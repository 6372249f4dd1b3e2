"""The blocks of a document as WordprocessingML (ECMA-376-1, part 17)."""

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language_info

from timeline.scene.prose import Document, Figure, Heading, Look, Note, Paragraph, Piece, Run, Table

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
# The record's languages as North America writes them; every other one goes by its bare name.
LANGUAGES = {"en": "en-US", "es": "es-MX", "fr": "fr-CA"}
STYLES = {Look.LEAD: "Lead", Look.EVENT: "Event", Look.DETAIL: "EventDetail", Look.BODY: "BodyText"}
# US Letter, one inch around: the text is 9,360 twentieths of a point wide.
SIZE = '<w:pgSz w:w="12240" w:h="15840"/>'
MARGINS = (
    '<w:pgMar w:top="1700" w:right="1440" w:bottom="1300" w:left="1440" w:header="860" w:footer="620" w:gutter="0"/>'
)
WIDTH = 9360
RULE, HAIR = 'w:val="single" w:sz="12" w:space="0" w:color="15191D"', 'w:val="single" w:sz="4" w:color="AEB5BA"'
# Notes 0 and 1 draw the lines above the notes of a page (17.11.23).
FIRST_NOTE = 2


class Pen:
    """Writes blocks, and gathers the notes and links that they need. `picture` puts a figure's picture into the
    package and gives the XML that shows it."""

    def __init__(self, picture: Callable[[Figure], str]):
        self.picture = picture
        self.notes: list[str] = []
        self.links: dict[str, str] = {}
        self.note_links: dict[str, str] = {}

    def body(self, document: Document) -> str:
        """The main part, whose pages take the head and foot that the package already relates to."""
        title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{self._words(Piece(document.title))}</w:p>'
        blocks = "".join(self._block(block) for block in document.blocks)
        return _whole("document", f"<w:body>{title}{blocks}<w:sectPr>{SIZE}{MARGINS}</w:sectPr></w:body>")

    def footnotes(self) -> bytes:
        """The part of the notes."""
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="60" '
            f'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{tag}/></w:r></w:p></w:footnote>'
            for number, kind, tag in (
                (0, "separator", "separator"),
                (1, "continuationSeparator", "continuationSeparator"),
            )
        )
        return _whole("footnotes", lines + "".join(self.notes)).encode()

    def _block(self, block) -> str:
        match block:
            case Heading():
                style = f'<w:pStyle w:val="Heading{block.level}"/>'
                return f"<w:p><w:pPr>{style}</w:pPr>{self._words(Piece(block.text))}</w:p>"
            case Paragraph():
                kept = "<w:keepNext/>" if block.kept else ""
                return self._paragraph(block.runs, STYLES[block.look], kept)
            case Table():
                return self._table(block)
        return self._figure(block)

    def _paragraph(self, runs: Iterable[Run], style: str, more: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{self._runs(runs)}</w:p>'

    def _runs(self, runs: Iterable[Run]) -> str:
        parts, before = [], None
        for run in runs:
            if isinstance(run, Note):
                if isinstance(before, Note):  # two numbers side by side would be read as one
                    parts.append('<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>,</w:t></w:r>')
                parts.append(self._note(run))
            else:
                parts.append(self._linked(run, self.links, "L"))
            before = run
        return "".join(parts)

    def _linked(self, piece: Piece, links: dict[str, str], prefix: str) -> str:
        if not piece.link:
            return self._words(piece)
        name = links.setdefault(iri_to_uri(piece.link), f"{prefix}{len(links) + 1}")
        return f'<w:hyperlink r:id="{name}" w:history="1">{self._words(piece)}</w:hyperlink>'

    def _words(self, piece: Piece) -> str:
        look = '<w:rStyle w:val="Hyperlink"/>' if piece.link else '<w:rStyle w:val="Soft"/>' if piece.soft else ""
        look += "<w:b/><w:bCs/>" if piece.strong else ""
        if piece.language:
            tag = LANGUAGES.get(piece.language, piece.language)
            look += f'<w:rtl/><w:lang w:bidi="{tag}"/>' if _right_to_left(tag) else f'<w:lang w:val="{tag}"/>'
        properties = f"<w:rPr>{look}</w:rPr>" if look else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(piece.text)}</w:t></w:r>'

    def _note(self, note: Note) -> str:
        number = FIRST_NOTE + len(self.notes)
        mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:{tag}/></w:r>'
        words = "".join(self._linked(one, self.note_links, "N") for one in note.pieces)
        self.notes.append(
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
            f"{mark.format(tag='footnoteRef')}{self._words(Piece(' '))}{words}</w:p></w:footnote>"
        )
        return mark.format(tag=f'footnoteReference w:id="{number}"')

    def _figure(self, figure: Figure) -> str:
        drawing = f"<w:r><w:drawing>{self.picture(figure)}</w:drawing></w:r>"
        caption = self._paragraph((Piece(figure.name, strong=True), Piece(f" {figure.caption}")), "Caption")
        return f'<w:p><w:pPr><w:pStyle w:val="Figure"/></w:pPr>{drawing}</w:p>{caption}'

    def _table(self, table: Table) -> str:
        widths = [WIDTH * part // 100 for part in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        head = self._head(table, widths) if table.head else ""
        rows = "".join(self._row(row, widths, table) for row in table.rows)
        space = '<w:p><w:pPr><w:pStyle w:val="AroundTable"/></w:pPr></w:p>'
        return (
            f"{space if table.leading else ''}<w:tbl><w:tblPr>"
            f'<w:tblStyle w:val="Ruled"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0000" w:firstRow="{int(bool(table.head))}" w:lastRow="0" w:firstColumn="1" '
            f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(table.name)}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>{space}"
        )

    def _head(self, table: Table, widths: list[int]) -> str:
        cells = "".join(
            self._cell([self._paragraph((Piece(words),), "TableHead", "<w:keepNext/>")], width)
            for words, width in zip(table.head, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _row(self, row, widths: list[int], table: Table) -> str:
        styles = ["TableName", *["TableLead" if table.leading else "TableText"] * (len(row) - 1)]
        cells = "".join(
            self._cell([self._paragraph(line, style) for line in cell], width)
            for cell, style, width in zip(row, styles, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"

    def _cell(self, paragraphs: list[str], width: int) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def page(name: str, document: Document) -> str:
    """The head of the pages (site and day) or their foot (the number), by the name of the part."""
    if name == "header":
        words = f"{escape(document.site)}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{escape(document.running)}"
        return _whole("hdr", f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>')
    number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return _whole("ftr", f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{number}</w:p>')


def _whole(tag: str, content: str) -> str:
    return f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def _right_to_left(language: str) -> bool:
    try:
        return get_language_info(language)["bidi"]
    except KeyError:
        return False
