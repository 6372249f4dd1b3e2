"""The file itself: a presentation of 16 to 9 with our type and colours in its theme, slides, notes, properties.

python-pptx opens its own empty template; what stands in it for other uses (layouts, a picture of it, settings of a
printer) goes. Fonts are those that every Office has, with lining figures: Times New Roman for what is read first,
Arial for the rest. They stand in the theme, so that a reader's own theme changes all.
"""

import io
import re
from datetime import UTC, datetime

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.slide import NotesSlidePart
from pptx.util import Pt

from timeline.formats.packed import EARLIEST, repacked
from timeline.formats.pptx.pen import NAMESPACES, SOFT, Drawn, Pen, Run, clean, language_tag, paragraph

WIDTH, HEIGHT, MARGIN = 960, 540, 48  # points
INNER = WIDTH - 2 * MARGIN
TITLE_TOP, TITLE_HEIGHT, BODY_TOP, BODY_BOTTOM = 26, 48, 92, 492
FOOT_TOP, FOOT_HEIGHT = 506, 20
TITLE_SIZE = 28
FRONT_LAYOUT, PLAIN_LAYOUT = 0, 5  # "Title Slide" and "Title Only" of the library's template

_COLOURS = {
    "dk1": "15191D", "lt1": "FFFFFF", "dk2": "535B63", "lt2": "F3F5F6", "accent1": "1F3F7A", "accent2": "00736A",
    "accent3": "AD4208", "accent4": "5A5F68", "accent5": "7D858C", "accent6": "AEB5BA", "hlink": "15191D",
    "folHlink": "15191D",
}  # fmt: skip
_SERIF, _SANS = "Times New Roman", "Arial"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<PresentationFormat>Widescreen</PresentationFormat></Properties>"
)


_NO_FORM = '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
_NOTES = (
    "<p:notes {namespaces}><p:cSld><p:spTree>"
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    + _NO_FORM
    + '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
    '</p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld>"
    "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
)


class Slide:
    """One slide of a deck, and the pen that draws on it."""

    def __init__(self, slide, number: int, language: str):
        self._slide, self._number, self._language = slide, number, language
        self._links: dict[str, str] = {}
        self.pen = Pen()

    def title(self, words: str, *, lang: str = "") -> None:
        """The title, by which the slide is known to an outline and to a screen reader."""
        _fill(self._slide.shapes.title, Run(words, lang=lang or self._language))

    def put(self, *drawn: Drawn) -> None:
        """Add shapes, in the order in which they are read."""
        tree = self._slide.shapes._spTree
        for one in parse_xml(f"<p:spTree {NAMESPACES}>{''.join(one.xml for one in drawn)}</p:spTree>"):
            tree.append(one)

    def link(self, address: str) -> str:
        """The id by which runs of this slide lead to an address."""
        if address not in self._links:
            self._links[address] = self._slide.part.relate_to(clean(address), RT.HYPERLINK, is_external=True)
        return self._links[address]

    def notes(self, paragraphs: list[str]) -> None:
        """What the speaker sees. Made here and not by the library, which looks through the whole package for a free
        name each time: the time would grow with the square of the slides."""
        part, number = self._slide.part, self._number
        package, xml = part.package, _NOTES.format(namespaces=NAMESPACES, paragraphs="".join(paragraphs) or paragraph())
        master = package.presentation_part.notes_master_part
        name = PackURI(f"/ppt/notesSlides/notesSlide{number}.xml")
        made = NotesSlidePart(name, CT.PML_NOTES_SLIDE, package, parse_xml(xml))
        made.relate_to(master, RT.NOTES_MASTER)
        made.relate_to(part, RT.SLIDE)
        part.relate_to(made, RT.NOTES_SLIDE)

    def foot(self, words: str) -> None:
        """The foot and the slide's number, as placeholders that Office can switch off."""
        # The look again on the slide itself: LibreOffice does not take that of a foot from the master.
        number = Run("‹#›", 10, colour=SOFT, lang=self._language).xml
        number = number.replace("<a:r>", '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">')
        parts = (
            ("ftr", 11, "Footer", paragraph(Run(words, 10, colour=SOFT, lang=self._language))),
            (
                "sldNum",
                12,
                "Slide number",
                paragraph(align="r").replace("</a:p>", number.replace("</a:r>", "</a:fld></a:p>")),
            ),
        )
        xml = "".join(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.pen.numbers)}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
            f'</p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
            for kind, idx, name, text in parts
        )
        self.put(Drawn(xml, 0, 0, 0, 0))


class Deck:
    """A presentation in one language."""

    def __init__(self, language: str):
        self.language, self._count = language, 0
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
        del self._deck.part._element.sldSz.attrib["type"]
        layouts = self._deck.slide_layouts
        self._front, self._plain = layouts[FRONT_LAYOUT], layouts[PLAIN_LAYOUT]
        for layout in [one for one in layouts if one not in (self._front, self._plain)]:
            layouts.remove(layout)
        _set_master(self._deck.slide_master)
        _set_layouts(self._front, self._plain)
        _set_theme(self._deck.slide_master.part.part_related_by(RT.THEME))
        _say_language(self._deck.part._element, language)

    def slide(self, title: str, *, foot: str, front: bool = False) -> Slide:
        self._count += 1
        made = Slide(self._deck.slides.add_slide(self._front if front else self._plain), self._count, self.language)
        made.title(title)
        made.foot(foot)
        return made

    def subtitle(self, slide: Slide, words: str) -> None:
        """The sentence below the title of the first slide."""
        _fill(slide._slide.placeholders[1], Run(words, lang=self.language))

    def saved(self, *, title: str, subject: str, author: str, stamp: datetime | None) -> bytes:
        """The file. Its properties and the times within come from the record's `stamp`."""
        core, at = self._deck.core_properties, (stamp or EARLIEST).astimezone(UTC).replace(microsecond=0, tzinfo=None)
        core.title, core.subject = clean(title)[:255], clean(subject)[:255]
        core.author = core.last_modified_by = author
        core.created, core.modified, core.revision = at, at, 1
        core.language, core.keywords, core.comments = language_tag(self.language), "", ""
        self._tidy()
        made = io.BytesIO()
        self._deck.save(made)
        return repacked(made.getvalue(), stamp)

    def _tidy(self) -> None:
        """Leave out what the library's template holds for nobody: a picture of it, and settings of a printer."""
        for part, kinds in ((self._deck.part.package, (RT.THUMBNAIL,)), (self._deck.part, (RT.PRINTER_SETTINGS,))):
            for key in [key for key, one in part._rels.items() if one.reltype in kinds]:
                part._rels.pop(key)
        for one in self._deck.part.package._rels.values():
            if one.reltype == RT.EXTENDED_PROPERTIES:
                one.target_part._blob = _APP
        master = self._deck.notes_master
        _set_theme(master.part.part_related_by(RT.THEME))
        _say_language(master.part._element, self.language)


def _escaped(words: str) -> str:
    return clean(words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _fill(shape, *runs: Run) -> None:
    """The words of a placeholder, whose look is the layout's."""
    body = shape._element.txBody
    for old in body.findall(f"{_A}p"):
        body.remove(old)
    runs_xml = "".join(
        f'<a:r><a:rPr lang="{language_tag(run.lang)}"/><a:t>{_escaped(run.text)}</a:t></a:r>' for run in runs
    )
    body.append(parse_xml(f"<a:p {NAMESPACES}>{runs_xml}</a:p>"))


def _say_language(element, language: str) -> None:
    """The language of what says none of its own."""
    for one in element.iter(f"{_A}defRPr", f"{_A}rPr", f"{_A}endParaRPr"):
        if one.tag != f"{_A}defRPr" or one.get("lang"):
            one.set("lang", language_tag(language))


_PLACES = {
    "title": (MARGIN, TITLE_TOP, INNER, TITLE_HEIGHT),
    "body": (MARGIN, BODY_TOP, INNER, BODY_BOTTOM - BODY_TOP),
    "dt": (MARGIN + 560, FOOT_TOP, 120, FOOT_HEIGHT),
    "ftr": (MARGIN, FOOT_TOP, 700, FOOT_HEIGHT),
    "sldNum": (WIDTH - MARGIN - 80, FOOT_TOP, 80, FOOT_HEIGHT),
}


def _set_master(master) -> None:
    for shape in master.placeholders:
        kind = shape._element.ph.get("type", "obj")
        shape.left, shape.top, shape.width, shape.height = (Pt(points) for points in _PLACES[kind])
        body = shape._element.txBody.find(f"{_A}bodyPr")
        for side in ("lIns", "tIns", "rIns", "bIns"):
            body.set(side, "0")
        if kind == "title":
            body.set("anchor", "b")
        for look in shape._element.iter(f"{_A}lvl1pPr"):
            look.set("algn", "r" if kind == "sldNum" else "l")
        for look in shape._element.iter(f"{_A}defRPr"):
            look.set("sz", "1000")
            for colour in look.iter(f"{_A}schemeClr"):
                colour.set("val", "tx2")
                for tint in list(colour):
                    colour.remove(tint)
    title = next(master._element.iter(f"{_P}titleStyle")).find(f"{_A}lvl1pPr")
    title.set("algn", "l")
    title.find(f"{_A}defRPr").set("sz", str(TITLE_SIZE * 100))
    pen = Pen()
    rules = (
        pen.shape("Edge", "rect", 0, 0, WIDTH, 5, fill="tx1"),
        pen.line("Rule of the title", MARGIN, BODY_TOP - 12, WIDTH - MARGIN, BODY_TOP - 12, colour="tx1", weight=1.5),
        pen.line("Rule of the foot", MARGIN, FOOT_TOP - 4, WIDTH - MARGIN, FOOT_TOP - 4, colour="accent6", weight=0.5),
    )
    tree = master.shapes._spTree
    for place, one in enumerate(parse_xml(f"<p:spTree {NAMESPACES}>{''.join(r.xml for r in rules)}</p:spTree>")):
        tree.insert(2 + place, one)


def _set_layouts(front, plain) -> None:
    """The first slide has a larger title, with a sentence below it."""
    places = {"ctrTitle": (MARGIN, 56, INNER, 60), "subTitle": (MARGIN, 138, INNER, 92)}
    for layout in (front, plain):
        for shape in list(layout.placeholders):
            kind = shape._element.ph.get("type")
            if kind == "dt":
                shape._element.getparent().remove(shape._element)
            elif kind in places:
                shape.left, shape.top, shape.width, shape.height = (Pt(points) for points in places[kind])
                _set_front(shape._element, kind)
    # Its own rules stand elsewhere.
    front._element.set("showMasterSp", "0")
    pen = Pen()
    edge = pen.shape("Edge", "rect", 0, 0, WIDTH, 5, fill="tx1")
    foot = pen.line(
        "Rule of the foot", MARGIN, FOOT_TOP - 4, WIDTH - MARGIN, FOOT_TOP - 4, colour="accent6", weight=0.5
    )
    for one in parse_xml(f"<p:spTree {NAMESPACES}>{edge.xml}{foot.xml}</p:spTree>"):
        front.shapes._spTree.insert(2, one)


def _set_front(element, kind: str) -> None:
    body = element.txBody
    body.find(f"{_A}bodyPr").set("anchor", "b" if kind == "ctrTitle" else "t")
    style = body.find(f"{_A}lstStyle")
    for old in list(style):
        style.remove(old)
    size, colour = (40, "tx1") if kind == "ctrTitle" else (24, "tx2")
    style.append(
        parse_xml(
            f'<a:lvl1pPr {NAMESPACES} marL="0" indent="0" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
            f'<a:defRPr sz="{size * 100}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
            '<a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr>'
        )
    )


def _set_theme(part) -> None:
    """Our colours and fonts in the theme; other scripts keep the fonts of the template."""
    theme = etree.fromstring(part.blob)
    scheme = theme.find(f".//{_A}clrScheme")
    scheme.set("name", "Record")
    for colour in scheme:
        value = _COLOURS[re.sub(r"^{.*}", "", colour.tag)]
        for old in list(colour):
            colour.remove(old)
        etree.SubElement(colour, f"{_A}srgbClr").set("val", value)
    fonts = theme.find(f".//{_A}fontScheme")
    fonts.set("name", "Record")
    for which, name in (("majorFont", _SERIF), ("minorFont", _SANS)):
        fonts.find(f"{_A}{which}/{_A}latin").set("typeface", name)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
