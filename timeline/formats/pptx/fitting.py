"""Which events the axis of a slide has room for, and what is said of those that it leaves out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.formats.pptx.deck import BODY_BOTTOM, BODY_TOP, INNER, MARGIN
from timeline.layout import Mark
from timeline.layout.lanes import divided
from timeline.layout.packing import BARE
from timeline.layout.widths import SIZE
from timeline.scene.drawing import Named, Timeline, timeline
from timeline.scene.extract import Extract
from tracker.brief import Brief

HEAD = 132  # the names of the lanes
LEFT_EDGE = MARGIN + HEAD
PLOT = INNER - HEAD
SCALE = 22  # the names of the ticks and the tag of today
LEGEND = 50
ROOM = BODY_BOTTOM - BODY_TOP - SCALE - LEGEND
SIZES = (12, 11, 10.5)  # of the labels, in points
ROW = 21  # pixels of the layout: a slide has no targets to point at
AIR = 5
HEAD_TALL = 25  # the two lines of a lane's head


@dataclass(frozen=True, slots=True)
class Fitted:
    """A drawing that has room on the slide, its labels `size` points; `whole`: all events of the window are in it."""

    shown: Timeline
    size: float
    whole: bool

    @property
    def pixel(self) -> float:
        """The length of one pixel of the layout, in points."""
        return self.size / SIZE

    def tall(self, named: Named) -> float:
        """The height of a lane, in points."""
        return max(named.lane.rows * ROW * self.pixel, HEAD_TALL) + AIR

    @property
    def marks(self) -> list[Mark]:
        return [one for named in self.shown.lanes for one in named.lane.pieces if isinstance(one, Mark)]

    @property
    def fits(self) -> bool:
        return sum(map(self.tall, self.shown.lanes)) <= ROOM


def in_window(briefs: Sequence[Brief], whole: Timeline, extract: Extract) -> dict[str, list[Brief]]:
    shown = [one for one in briefs if whole.viewport.shows(one.date)]
    return divided(shown, whole.by, extract.topics)


def laid_out(briefs: Sequence[Brief], extract: Extract, size: float) -> Timeline:
    return timeline(
        briefs,
        extract.query,
        today=extract.moment.today,
        language=extract.language,
        live=extract.moment.is_now,
        topics=extract.topics,
        plot=round(PLOT * SIZE / size),
    )


def fitted_to(briefs: Sequence[Brief], extract: Extract) -> Fitted:
    """All events if they have room, with the largest labels that do; else as many as have room with the smallest."""
    fitted = Fitted(laid_out(briefs, extract, SIZES[0]), SIZES[0], True)
    for size in SIZES[1:]:
        if fitted.fits:
            return fitted
        fitted = Fitted(laid_out(briefs, extract, size), size, True)
    return fitted if fitted.fits else _most(_by_weight(briefs, fitted.shown, extract), extract)


def _by_weight(briefs: Sequence[Brief], whole: Timeline, extract: Extract) -> list[Brief]:
    """The events of the window, the most significant first. Of these the nearest to the reader's day of every lane and
    half-year come before the second nearest of any: what is drawn is spread over all that happened."""
    today, ranked = extract.moment.today, []

    def gap(one: Brief) -> tuple[int, int]:
        return abs((one.date.ends[0] - today).days), one.event

    for lane, some in in_window(briefs, whole, extract).items():
        met: Counter = Counter()
        for one in sorted(some, key=gap):
            day, _last = one.date.ends
            place = lane, day.year, (day.month - 1) // 6, one.significance
            ranked.append((-one.significance, met[place], *gap(one), one))
            met[place] += 1
    return [one for *_rank, one in sorted(ranked, key=lambda row: row[:-1])]


def _most(ranked: Sequence[Brief], extract: Extract) -> Fitted:
    """As many of the events, in their order, as have room."""
    low, high, best = 1, len(ranked), 0
    while low <= high:
        middle = (low + high) // 2
        if _smallest(ranked[:middle], extract).fits:
            low, best = middle + 1, middle
        else:
            high = middle - 1
    return _named(ranked[: max(best, 1)], extract)


def _named(chosen: Sequence[Brief], extract: Extract) -> Fitted:
    """These, less the marks that have no room for their name: on a slide nothing else would tell what they are."""
    fitted = _smallest(chosen, extract)
    while bare := {piece.brief.event for piece in fitted.marks if piece.side == BARE}:
        chosen = [one for one in chosen if one.event not in bare]
        fitted = _smallest(chosen, extract)
    return fitted


def _smallest(briefs: Sequence[Brief], extract: Extract) -> Fitted:
    """Some of the events, with the smallest labels."""
    return Fitted(laid_out(briefs, extract, SIZES[-1]), SIZES[-1], False)


def said_of(fitted: Fitted, whole: Timeline) -> list[str]:
    """What the drawing holds and what it leaves out."""
    drawn, window = fitted.shown.drawing.count, whole.drawing.count
    said = {"n": drawn, "all": window}
    if fitted.whole:
        told = ngettext("%(n)s event in this window.", "%(n)s events in this window.", drawn) % said
    else:
        told = _("%(n)s of %(all)s events in this window are drawn, the most significant ones.") % said
    beyond = whole.matching - window
    more = ngettext("%(n)s event lies outside of it.", "%(n)s events lie outside of it.", beyond) % {"n": beyond}
    return [told, *([more] if beyond else []), _("All events follow by month.")]
