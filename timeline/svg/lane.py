"""One lane: its head, and its pieces as the layout placed them. Labels are cut where their room ends."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.layout import Mark, Pill
from timeline.layout.packing import BARE, LEFT, OVER
from timeline.layout.shapes import Line
from timeline.scene.drawing import Named
from timeline.svg.ink import SIZE, box, halo, line, said, tag, words
from timeline.svg.letters import Face, cut, width, wrap
from timeline.svg.marks import SIZES, SMALL, event_mark, knot, mark, stroke
from timeline.svg.room import BESIDE, CODES, after_label, face_of, labelled
from timeline.svg.sheet import Sheet
from timeline.templatetags.drawing import shape
from tracker.date_words import in_words
from tracker.labels import STANDINGS
from tracker.vocabulary import Family, Lanes, Significance, Standing

ROW, TOP, BOTTOM, LINE = 24, 5, 10, 18


def heights(named: Named, head: float) -> float:
    """How high a lane is: its rows or its head, whichever needs more."""
    return max(TOP + named.lane.rows * ROW + BOTTOM, 12 + LINE * (len(_name(named, head)) + 1), 48)


def lane(sheet: Sheet, by: Lanes, named: Named, x: float, top: float) -> list[str]:
    """The lane with its head from `x` and its first row from `top` on."""
    colours = sheet.colours
    parts, y = [], top + 4
    indent = 0
    if by == Lanes.COUNTRY and named.lane.key:
        parts.append(knot(named.lane.key.split("-"), x + 2, top + 8, colours))
        indent = 26
    for text in _name(named, sheet.left - x):
        y += LINE
        parts.append(words(text, x + indent, y, colours.ink, face=Face.BOLD))
    count = ngettext("%(n)s event", "%(n)s events", named.lane.count) % {"n": named.lane.count}
    parts.append(words(count, x + indent, y + LINE, colours.soft, size=13))
    for piece in labelled(sheet, named.lane):
        middle = top + TOP + piece.row * ROW + ROW / 2
        parts += _pill(sheet, piece, middle) if isinstance(piece, Pill) else [_mark(sheet, piece, middle)]
    return parts


def _name(named: Named, head: float) -> list[str]:
    return wrap(named.name, head - 36, SIZE, Face.BOLD, most=3)


def _mark(sheet: Sheet, piece: Mark, y: float) -> str:
    """An event with all its traces; a link to its page where the sheet knows addresses."""
    brief, colours = piece.brief, sheet.colours
    tone = colours.families[brief.kind.family]
    parts = [tag("title", said(told(sheet, piece)))]
    for trace in piece.traces:
        if trace.line == Line.GHOST:
            size = SIZES[brief.significance]
            parts.append(mark(brief.kind.family, "dashed", sheet.x(trace.x), y, colours, size=size))
        else:
            hollow = shape(piece.standing) != "full"
            caps = (not piece.before, not piece.after)
            parts.append(
                stroke(trace.line, sheet.x(trace.x), y, sheet.long(trace.b), tone, colours, hollow=hollow,
                       back=trace.back, caps=caps)
            )  # fmt: skip
    if not piece.headless or (piece.side == BARE and not piece.long):
        smaller = {"size": SMALL} if piece.long else {}
        parts.append(
            event_mark(brief.kind.family, piece.standing, brief.significance, sheet.x(piece.x), y, colours, **smaller)
        )
    parts += _label(sheet, piece, y)
    language = brief.language if brief.language != sheet.language else None
    if sheet.address is None:
        return tag("g", *parts, lang=language)
    return tag("a", *parts, href=sheet.address(brief), lang=language)


def _label(sheet: Sheet, piece: Mark, y: float) -> list[str]:
    """The label in the room that the layout left for it, with the countries and the doubt after it."""
    if piece.side == BARE:
        return []
    brief, colours = piece.brief, sheet.colours
    face = face_of(brief)
    codes, doubt = piece.codes, "?" if brief.date.uncertain else ""
    after = after_label(piece)
    room = sheet.long(piece.room) - sheet.long(piece.b) - BESIDE
    text = cut(brief.label, room - after, SIZE, face)
    if not text:
        return []
    wide = width(text, SIZE, face)
    x = sheet.x(piece.x) + sheet.long(piece.b) + BESIDE
    if piece.side == LEFT:
        x = sheet.x(piece.x) - sheet.long(piece.b) - BESIDE - after - wide
    parts = []
    if piece.side == OVER:
        x += 4
        parts.append(box(x - 4, y - 10, wide + after + 8, 20, colours.paper))
    tone = colours.soft if brief.significance == Significance.MINOR else colours.ink
    parts.append(words(text, x, y + 4.5, tone, face=face, fixed=True, **halo(colours)))
    if piece.standing == Standing.CANCELLED:
        parts.append(line(x, y, x + wide, y, tone))
    at = x + wide
    if codes:
        parts.append(words(codes, at + 4, y + 4.5, colours.soft, size=CODES, fixed=True, **halo(colours)))
        at += width(codes, CODES) + 4
    if doubt:
        parts.append(words(doubt, at + 1, y, colours.ink, size=CODES))
    return parts


def _pill(sheet: Sheet, piece: Pill, y: float) -> list[str]:
    """Several events as their count, as wide as the stretch they stand for."""
    colours = sheet.colours
    x, wide = sheet.x(piece.x), max(sheet.long(piece.b), 28)
    x = min(x, sheet.left + sheet.plot - wide)
    count = str(piece.count)
    face = Face.BOLD if piece.milestone else Face.SANS
    tone = colours.families[Family.LAW] if piece.milestone else colours.soft
    parts = [
        tag("title", said("; ".join(brief.label for brief in piece.events))),
        box(x + 0.5, y - 8.5, wide - 1, 17, colours.wash, rx=8.5, stroke=colours.edge),
    ]
    middle = x + wide / 2
    if piece.milestone:
        middle += 6
        left = middle - width(count, 12, face) / 2 - 8
        parts.append(mark(Family.LAW, "full", left, y, colours, size=9))
    parts.append(words(count, middle, y + 4, tone, size=12, face=face, anchor="middle"))
    return [tag("g", *parts)]


def told(sheet: Sheet, piece: Mark) -> str:
    """An event in words: its label, its date, how it stands, and whether its date moved."""
    brief = piece.brief
    said = [brief.label, in_words(brief.date, sheet.language), str(STANDINGS[piece.standing]).lower()]
    return ", ".join(said + ([_("date moved")] if brief.moved else []))
