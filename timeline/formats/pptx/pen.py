"""Native shapes of a slide as DrawingML (ECMA-376, part 1, 19 to 21): places and sizes in points, words that fit.

Every shape has a name; what tells something has alternative text, and what only decorates says so, by the extension
that PowerPoint reads since 2019.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from timeline.layout.widths import SIZE, width

EMU = 12_700  # in a point
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LANGUAGES = {"en": "en-US", "es": "es-MX", "fr": "fr-CA"}
INK, SOFT, PAPER, WASH, EDGE, RULE = "tx1", "tx2", "bg1", "bg2", "accent5", "accent6"
LINE = 1.2  # the height of a line of text, in its size
SAFE = 0.97  # how much of a width is reckoned with: renderers round differently
_DECORATES = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
_HOLDERS = {
    "sp": ("nvSpPr", "cNvSpPr"),
    "cxnSp": ("nvCxnSpPr", "cNvCxnSpPr"),
    "grpSp": ("nvGrpSpPr", "cNvGrpSpPr"),
    "graphicFrame": ("nvGraphicFramePr", "cNvGraphicFramePr"),
}
# What XML 1.0 (2.2) cannot hold, and line breaks, which a run has not.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FORBIDDEN = re.compile("[^\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")


def clean(text: str) -> str:
    """The text without what XML cannot hold, on one line."""
    return _FORBIDDEN.sub(" ", text)


def language_tag(code: str) -> str:
    """The tag by which Office checks spelling and chooses a voice; what is no tag (RFC 5646) counts as unknown."""
    return LANGUAGES.get(code) or (code if _TAG.fullmatch(code) else "und")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. `size` in points (0: that of the place), `link` the id of a relationship."""

    text: str
    size: float = 0
    bold: bool = False
    colour: str = INK
    serif: bool = False
    lang: str = "en"
    raised: bool = False
    underlined: bool = False
    link: str = ""

    @property
    def xml(self) -> str:
        marks = f' lang="{language_tag(self.lang)}"'
        if self.size:
            marks += f' sz="{round(self.size * 100)}"'
        marks += ' b="1"' if self.bold else ""
        marks += ' u="sng"' if self.underlined else ""
        marks += ' baseline="30000"' if self.raised else ""
        font = '<a:latin typeface="+mj-lt"/>' if self.serif else ""
        link = f'<a:hlinkClick r:id="{self.link}"/>' if self.link else ""
        fill = f'<a:solidFill><a:schemeClr val="{self.colour}"/></a:solidFill>'
        return f"<a:r><a:rPr{marks}>{fill}{font}{link}</a:rPr><a:t>{escape(clean(self.text))}</a:t></a:r>"


def paragraph(*runs: Run, align: str = "l", after: float = 0) -> str:
    """A paragraph, `after` points from the next."""
    space = f'<a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>' if after else ""
    head = (
        f'<a:pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>{space}<a:buNone/></a:pPr>'
    )
    return f"<a:p>{head}{''.join(run.xml for run in runs)}</a:p>"


def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is on one line, in points, in Arial; Times New Roman is narrower."""
    return width(text, bold=bold) / 100 / SIZE * size


def lines(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The text broken at spaces into lines of at most `room` points; a word longer than that is broken itself."""
    room *= SAFE
    space = breadth(" ", size, bold=bold)
    found: list[str] = []
    line, used = "", 0.0
    for word, wide in _words(text, size, room, bold=bold):
        if line and used + space + wide > room:
            found.append(line)
            line, used = word, wide
        elif line:
            line, used = f"{line} {word}", used + space + wide
        else:
            line, used = word, wide
    return [*found, line] if line or not found else found


def _words(text: str, size: float, room: float, *, bold: bool) -> Iterator[tuple[str, float]]:
    """The words and how wide they are, each no wider than the room."""
    for word in clean(text).split():
        wide = breadth(word, size, bold=bold)
        while wide > room and len(word) > 1:
            # A bound that doubles, then halves: a word of any length costs no more than its pieces.
            high = 1
            while high < len(word) and breadth(word[:high], size, bold=bold) <= room:
                high *= 2
            fits, high = max(high // 2, 1), min(high, len(word) - 1)
            while fits < high:
                middle = (fits + high + 1) // 2
                fits, high = (middle, high) if breadth(word[:middle], size, bold=bold) <= room else (fits, middle - 1)
            yield word[:fits], breadth(word[:fits], size, bold=bold)
            word = word[fits:]
            wide = breadth(word, size, bold=bold)
        yield word, wide


def shortened(text: str, size: float, room: float, most: int = 1, *, bold: bool = False) -> str:
    """The text if it fits on so many lines, else as much of it as does, with an ellipsis."""
    text = clean(text)
    if len(lines(text, size, room, bold=bold)) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = len(lines(f"{text[:middle].rstrip()}…", size, room, bold=bold)) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return f"{text[:low].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A shape and the box it stands in."""

    xml: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Pen:
    """Draws on one slide: gives each shape its number."""

    numbers: "count[int]" = field(default_factory=lambda: count(100))

    def words(
        self, name: str, x: float, y: float, w: float, h: float, *paragraphs: str, anchor: str = "t", ground: str = "",
        wrap: bool = True,
    ) -> Drawn:  # fmt: skip
        """Text in a box without margins, on a ground of the theme's colours if one is named."""
        body = f'wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"'
        fill = f'<a:solidFill><a:schemeClr val="{ground}"/></a:solidFill>' if ground else "<a:noFill/>"
        xml = (
            f"<p:sp>{self._names(name, 'sp', box=True)}<p:spPr>{_place(x, y, w, h)}{_shape('rect')}{fill}</p:spPr>"
            f"<p:txBody><a:bodyPr {body}><a:noAutofit/></a:bodyPr><a:lstStyle/>{''.join(paragraphs) or paragraph()}"
            "</p:txBody></p:sp>"
        )
        return Drawn(xml, x, y, x + w, y + h)

    def shape(
        self, name: str, preset: str, x: float, y: float, w: float, h: float, *, fill: str = "", line: str = "",
        weight: float = 1.25, dash: str = "", text: str = "", flipped: bool = False, says: str = "",
    ) -> Drawn:  # fmt: skip
        """A shape of PowerPoint's own kinds, filled or outlined in a colour of the theme; `text` are paragraphs in its
        middle, `says` its alternative text (it decorates without)."""
        look = (f'<a:solidFill><a:schemeClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>") + _line(
            line, weight, dash
        )
        body = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>'
        xml = (
            f"<p:sp>{self._names(name, 'sp', says=says)}<p:spPr>{_place(x, y, w, h, flipped=flipped)}{_shape(preset)}"
            f"{look}</p:spPr><p:txBody>{body}<a:lstStyle/>{text or '<a:p/>'}</p:txBody></p:sp>"
        )
        return Drawn(xml, x, y, x + w, y + h)

    def line(
        self, name: str, x: float, y: float, x2: float, y2: float, *, colour: str, weight: float = 1, dash: str = "",
        head: bool = False, back: bool = False,
    ) -> Drawn:  # fmt: skip
        """A straight line to the right, down, or both; `head`: an arrow, at its beginning if it points `back`."""
        ends = ""
        if head:
            ends = f'<a:{"headEnd" if back else "tailEnd"} type="arrow" w="sm" len="sm"/>'
        xml = (
            f"<p:cxnSp>{self._names(name, 'cxnSp')}<p:spPr>{_place(x, y, x2 - x, y2 - y)}{_shape('line')}"
            f"{_line(colour, weight, dash, ends)}</p:spPr></p:cxnSp>"
        )
        return Drawn(xml, x, y, x2, y2)

    def group(self, name: str, says: str, parts: Sequence[Drawn]) -> Drawn:
        """Shapes that belong together, moved and read as one."""
        left, top = min(one.left for one in parts), min(one.top for one in parts)
        right, bottom = max(one.right for one in parts), max(one.bottom for one in parts)
        off = f'x="{_emu(left)}" y="{_emu(top)}"'
        ext = f'cx="{_emu(right) - _emu(left)}" cy="{_emu(bottom) - _emu(top)}"'
        xml = (
            f"<p:grpSp>{self._names(name, 'grpSp', says=says)}<p:grpSpPr><a:xfrm><a:off {off}/><a:ext {ext}/>"
            f"<a:chOff {off}/><a:chExt {ext}/></a:xfrm></p:grpSpPr>{''.join(one.xml for one in parts)}</p:grpSp>"
        )
        return Drawn(xml, left, top, right, bottom)

    def table(self, name: str, says: str, x: float, y: float, widths: Sequence[float], rows: Sequence[tuple]) -> Drawn:
        """A table whose first row is its head; `rows` are (height, cells), a cell is its paragraphs."""
        height = sum(tall for tall, _cells in rows)
        grid = "".join(f'<a:gridCol w="{_emu(one)}"/>' for one in widths)
        body = "".join(
            f'<a:tr h="{_emu(tall)}">{"".join(_cell(cell, head=not number) for cell in cells)}</a:tr>'
            for number, (tall, cells) in enumerate(rows)
        )
        xml = (
            f"<p:graphicFrame>{self._names(name, 'graphicFrame', says=says)}"
            f'<p:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/>'
            f'<a:ext cx="{_emu(sum(widths))}" cy="{_emu(height)}"/></p:xfrm>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f'<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{body}</a:tbl></a:graphicData></a:graphic>'
            "</p:graphicFrame>"
        )
        return Drawn(xml, x, y, x + sum(widths), y + height)

    def _names(self, name: str, kind: str, *, says: str = "", box: bool = False) -> str:
        about = f" descr={quoteattr(clean(says))}" if says else ""
        inner = "" if says or box else _DECORATES
        holder, own = _HOLDERS[kind]
        flag = ' txBox="1"' if box else ""
        return (
            f'<p:{holder}><p:cNvPr id="{next(self.numbers)}" name={quoteattr(clean(name))}{about}>{inner}</p:cNvPr>'
            f"<p:{own}{flag}/><p:nvPr/></p:{holder}>"
        )


def _emu(points: float) -> int:
    return round(points * EMU)


def _place(x: float, y: float, w: float, h: float, *, flipped: bool = False) -> str:
    turn = ' flipH="1"' if flipped else ""
    return (
        f'<a:xfrm{turn}><a:off x="{_emu(x)}" y="{_emu(y)}"/>'
        f'<a:ext cx="{_emu(x + w) - _emu(x)}" cy="{_emu(y + h) - _emu(y)}"/></a:xfrm>'
    )


def _shape(preset: str) -> str:
    # The ends of a pill are half circles.
    adjust = '<a:gd name="adj" fmla="val 50000"/>' if preset == "roundRect" else ""
    return f'<a:prstGeom prst="{preset}"><a:avLst>{adjust}</a:avLst></a:prstGeom>'


def _line(colour: str, weight: float, dash: str, ends: str = "") -> str:
    if not colour:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{_emu(weight)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>{dashed}{ends}</a:ln>'


def _cell(paragraphs: str, *, head: bool) -> str:
    """A cell with a rule below it, and no ground."""
    colour, weight = (INK, 1.5) if head else (RULE, 0.5)
    none = "".join(f"<a:{side}><a:noFill/></a:{side}>" for side in ("lnL", "lnR", "lnT"))
    rule = f'<a:lnB w="{_emu(weight)}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:lnB>'
    margins = f'marL="0" marR="{_emu(12)}" marT="{_emu(5)}" marB="{_emu(5)}" anchor="{"b" if head else "t"}"'
    body = f"<a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs or '<a:p/>'}</a:txBody>"
    return f"<a:tc>{body}<a:tcPr {margins}>{none}{rule}<a:noFill/></a:tcPr></a:tc>"
