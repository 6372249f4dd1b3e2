"""The slide with the axis: the drawing of the page in shapes that PowerPoint can edit.

The layout is the page's own (`timeline.layout`), for a plot as wide as the slide has room. A slide has room for less
than a page: where not all events fit, the most significant are drawn, and each lane says how many of its events those
are.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.formats.pptx.deck import BODY_BOTTOM, BODY_TOP, INNER, MARGIN, WIDTH, Deck, Slide
from timeline.formats.pptx.fitting import (
    AIR,
    HEAD,
    LEFT_EDGE,
    LEGEND,
    PLOT,
    ROW,
    SCALE,
    SIZES,
    Fitted,
    fitted_to,
    in_window,
    laid_out,
    said_of,
)
from timeline.formats.pptx.marks import COLOURS, mark
from timeline.formats.pptx.pen import EDGE, INK, PAPER, RULE, SOFT, WASH, Drawn, Pen, Run, breadth, paragraph, shortened
from timeline.layout import Mark, Pill
from timeline.layout.packing import BARE, LEFT, OVER
from timeline.layout.shapes import HALF, Line
from timeline.scene.drawing import Named
from timeline.scene.extract import Extract
from timeline.templatetags.drawing import shape as look_of
from tracker import labels
from tracker.brief import Brief
from tracker.date_words import in_words
from tracker.vocabulary import Family, Significance


def axis_slide(deck: Deck, extract: Extract, foot: str) -> None:
    """The slide, unless nothing matches."""
    briefs = [entry.brief for entry in extract.entries]
    if not briefs:
        return
    whole = laid_out(briefs, extract, SIZES[0])
    fitted = fitted_to(briefs, extract)
    slide = deck.slide(whole.title, foot=foot)
    counts = {key: len(some) for key, some in in_window(briefs, whole, extract).items()}
    said = said_of(fitted, whole)
    _Axis(slide, fitted, extract, counts, said).draw()
    slide.notes([paragraph(Run(words, lang=extract.language)) for words in said])


class _Axis:
    """Draws one fitted timeline on one slide."""

    def __init__(self, slide: Slide, fitted: Fitted, extract: Extract, counts: dict[str, int], said: list[str]):
        self.slide, self.fitted, self.extract, self.counts, self.said = slide, fitted, extract, counts, said
        self.pen: Pen = slide.pen
        self.language = extract.language
        self.top = BODY_TOP + SCALE
        self.bottom = self.top + sum(map(fitted.tall, fitted.shown.lanes))

    def draw(self) -> None:
        put = self.slide.put
        put(self._scale())
        if today := self._today():
            put(today)
        top: float = self.top
        for named in self.fitted.shown.lanes:
            put(*self._lane(named, top))
            top += self.fitted.tall(named)
        if not self.fitted.shown.lanes:
            none = _("No event of this selection lies in this window.")
            said = paragraph(Run(none, 14, colour=SOFT, lang=self.language))
            put(self.pen.words(none, MARGIN, self.top + 8, INNER, 20, said))
        put(*self._legend())

    def x(self, mille: int) -> float:
        return LEFT_EDGE + PLOT * mille / 1000

    def _scale(self) -> Drawn:
        """The ground of the days to come, the lines of the ticks and their names, in one group."""
        pen, drawing = self.pen, self.fitted.shown.drawing
        parts = []
        if drawing.future < 999:
            left = self.x(drawing.future)
            parts.append(
                pen.shape(
                    "Days to come", "rect", left, self.top, LEFT_EDGE + PLOT - left, self.bottom - self.top, fill=WASH
                )
            )
        for tick, words in self.fitted.shown.ticks:
            x = self.x(tick.x)
            parts.append(
                pen.line("Tick", x, self.top, x, self.bottom, colour=RULE, weight=0.9 if tick.strong else 0.35)
            )
            if tick.named:
                look = Run(words, 11, tick.strong, INK if tick.strong else SOFT, lang=self.language)
                wide = min(breadth(words, 11, bold=tick.strong) + 6, LEFT_EDGE + PLOT - x)
                parts.append(pen.words(words, x + 2, self.top - 17, max(wide, 8), 14, paragraph(look)))
        parts.append(pen.line("Edge", MARGIN, self.top, LEFT_EDGE + PLOT, self.top, colour=INK, weight=0.75))
        says = _("Scale: %(window)s") % {"window": self.fitted.shown.title}
        return pen.group(_("Scale"), says, parts)

    def _lane(self, named: Named, top: float) -> Iterator[Drawn]:
        pen, tall, lane = self.pen, self.fitted.tall(named), named.lane
        count = self.counts.get(lane.key, lane.count)
        if lane.count == count:
            told = ngettext("%(n)s event", "%(n)s events", count) % {"n": count}
        else:
            told = _("%(n)s of %(all)s events") % {"n": lane.count, "all": count}
        name = shortened(named.name, 11, HEAD - 10, 2 if tall >= 45 else 1, bold=True)
        yield pen.words(
            named.name, MARGIN, top + AIR / 2, HEAD - 8, min(tall - AIR, 42),
            paragraph(Run(name, 11, True, lang=self.language)),
            paragraph(Run(told, 10, colour=SOFT, lang=self.language)),
        )  # fmt: skip
        for piece in lane.pieces:
            y = top + AIR / 2 + (piece.row + 0.5) * ROW * self.fitted.pixel
            yield self._pill(piece, y) if isinstance(piece, Pill) else self._event(piece, y)
        yield pen.line("Edge", MARGIN, top + tall, LEFT_EDGE + PLOT, top + tall, colour=RULE, weight=0.5)

    def _event(self, piece: Mark, y: float) -> Drawn:
        """One event: what it leaves on the axis, its mark, its label; one group with the whole of it in words."""
        brief, pen, x = piece.brief, self.pen, self.x(piece.x)
        parts = [drawn for trace in piece.traces for drawn in self._trace(trace, brief, y)]
        if not piece.headless:
            parts += mark(pen, brief.kind.family, look_of(piece.standing), x, y, self.fitted.pixel, brief.significance)
        if label := self._label(piece, x, y):
            parts.append(label)
        return pen.group(brief.label, self._words(piece), parts or [pen.words(brief.label, x, y, 1, 1)])

    def _label(self, piece: Mark, x: float, y: float) -> Drawn | None:
        if piece.side == BARE:
            return None
        brief, size, pixel = piece.brief, self.fitted.size, self.fitted.pixel
        bold = brief.significance == Significance.MILESTONE
        half, edge = HALF / 100 * pixel, LEFT_EDGE + PLOT
        reach, room = PLOT * piece.b / 1000, PLOT * piece.room / 1000 - PLOT * piece.b / 1000 - half
        room = min(room, x - reach - half - LEFT_EDGE if piece.side == LEFT else edge - x - reach - half)
        tail = ("?" if brief.date.uncertain else "") + (f"  {piece.codes}" if piece.codes else "")
        text = shortened(brief.label + tail, size, max(room, 12) / 0.96, bold=bold)
        wide = min(breadth(text, size, bold=bold) * 1.03 + 1, max(room, 12))
        left = x - reach - half - wide if piece.side == LEFT else x + reach + half
        if piece.side == OVER:
            left = x + half
        # A ground of its own, so that the lines of the scale do not strike the words through.
        ahead = left > self.x(self.fitted.shown.drawing.future)
        ground = WASH if ahead else PAPER
        colour = SOFT if brief.significance == Significance.MINOR else INK
        said = paragraph(Run(text, size, bold, colour, lang=brief.language), align="r" if piece.side == LEFT else "l")
        return self.pen.words(
            brief.label, left, y - size * 0.58, wide, size * 1.16, said, anchor="ctr", ground=ground, wrap=False
        )

    def _trace(self, trace, brief: Brief, y: float) -> Iterator[Drawn]:
        pen, pixel, colour = self.pen, self.fitted.pixel, COLOURS[brief.kind.family]
        x, end = self.x(trace.x), min(self.x(trace.x + trace.b), LEFT_EDGE + PLOT)
        match trace.line:
            case Line.BAR:
                yield pen.shape("Period", "rect", x, y - 3.5 * pixel, max(end - x, 1), 7 * pixel, fill=colour)
            case Line.DOTS:
                yield pen.line("May begin or end here", x, y, end, y, colour=colour, weight=3 * pixel, dash="sysDot")
            case Line.SPAN:
                yield pen.line("One day in this span", x, y, end, y, colour=colour, weight=1)
                for at in (x, end):
                    yield pen.line("End of the span", at, y - 4 * pixel, at, y + 4 * pixel, colour=colour, weight=1)
            case Line.ABOUT:
                yield pen.line("About", x, y, end, y, colour=colour, weight=1.25, dash="sysDot")
            case Line.TRACE | Line.ARROW:
                head = trace.line == Line.ARROW
                yield pen.line(
                    "Moved", x, y, end, y, colour=colour, weight=0.75, dash="sysDash", head=head, back=trace.back
                )
            case Line.GHOST:
                yield from mark(pen, brief.kind.family, "dashed", x, y, pixel, brief.significance)
            case Line.BEFORE | Line.AFTER:
                before = trace.line == Line.BEFORE
                left = LEFT_EDGE + 1 if before else LEFT_EDGE + PLOT - 6 * pixel - 1
                yield pen.shape(
                    "Goes on", "chevron", left, y - 4 * pixel, 6 * pixel, 8 * pixel, fill=colour, flipped=before
                )

    def _pill(self, piece: Pill, y: float) -> Drawn:
        """Events without room for themselves: their number, as wide as the stretch they stand for."""
        pixel = self.fitted.pixel
        x, wide = self.x(piece.x), max(PLOT * piece.b / 1000, 26 * pixel)
        x = min(x, LEFT_EDGE + PLOT - wide)
        count = paragraph(
            Run(str(piece.count), self.fitted.size * 0.9, piece.milestone, SOFT, lang=self.language), align="ctr"
        )
        says = "; ".join(self._brief_words(one) for one in piece.events)
        name = ngettext("%(n)s event", "%(n)s events", piece.count) % {"n": piece.count}
        return self.pen.shape(
            name, "roundRect", x, y - 8 * pixel, wide, 16 * pixel, fill=WASH, line=EDGE, weight=0.75, text=count,
            says=f"{name}: {says}",
        )  # fmt: skip

    def _words(self, piece: Mark) -> str:
        standing = str(labels.STANDINGS[piece.standing])
        countries = ", ".join(str(labels.COUNTRIES[country]) for country in piece.brief.countries)
        return ". ".join(filter(None, (self._brief_words(piece.brief), standing, countries))) + "."

    def _brief_words(self, brief: Brief) -> str:
        return f"{brief.label}, {in_words(brief.date, self.language)}"

    def _today(self) -> Drawn | None:
        drawing, pen = self.fitted.shown.drawing, self.pen
        if drawing.now is None:
            return None
        x = self.x(drawing.now)
        tag = self.fitted.shown.tag
        words = f"{_('Today')} {tag}".strip() if self.extract.moment.is_now else tag
        wide = breadth(words, 10, bold=True) * 1.04 + 10
        left = x - wide if self.fitted.shown.tag_left and x - wide > LEFT_EDGE else min(x, WIDTH - MARGIN - wide)
        said = paragraph(Run(words, 10, True, PAPER, lang=self.language), align="ctr")
        box = pen.shape(words, "rect", left, self.top - 18, wide, 16, fill=INK, text=said)
        line = pen.line("Line of today", x, self.top - 18, x, self.bottom, colour=INK, weight=1.5)
        return pen.group(words, words, [line, box])

    def _legend(self) -> Iterator[Drawn]:
        """The four families, then what hollow and dashed mean, in one line or two."""
        rows = [
            [(family, "full", str(words)) for family, words in labels.FAMILIES.items()],
            [
                (Family.VIEWS, "hollow", _("Scheduled or expected")),
                (Family.VIEWS, "dashed", _("Postponed, or an earlier date")),
                (Family.VIEWS, "struck", _("Cancelled")),
            ],
        ]
        y = BODY_BOTTOM - LEGEND + 10
        for row in rows:
            x: float = LEFT_EDGE + 6
            for family, look, words in row:
                wide = breadth(words, 10) * 1.03 + 2
                text = self.pen.words(
                    words, x + 10, y - 7, wide, 14, paragraph(Run(words, 10, colour=SOFT, lang=self.language))
                )
                drawn = mark(self.pen, family, look, x, y, 0.8, Significance.MAJOR)
                yield self.pen.group(words, words, [*drawn, text])
                x += wide + 28
            y += 16
        told = shortened(" ".join(self.said), 10, HEAD + PLOT)
        yield self.pen.words(told, MARGIN, y - 7, HEAD + PLOT, 13, paragraph(Run(told, 10, lang=self.language)))
