"""One date as the timeline would draw it: its mark, bar or vague window on a short axis, for the desk's date field."""

from dataclasses import dataclass
from datetime import date

from timeline.layout import Mark, Pill, Viewport, lay_out
from timeline.layout import viewport as viewports
from timeline.layout.axis import Tick
from timeline.scene.drawing import tick_words
from tracker.brief import Brief
from tracker.date_words import in_words
from tracker.edtf import Edtf
from tracker.vocabulary import Kind, Significance, Status

LEAST_DAYS = 120  # four months, so that a day or a week is seen among its months
PLOT = 560  # pixels beside the labels of a form


@dataclass(frozen=True, slots=True)
class DateDrawn:
    """`now` is the place of today in per mille, None outside the window; `future` where the days to come begin."""

    ticks: tuple[tuple[Tick, str], ...]
    mark: Mark | Pill
    now: int | None
    future: int


def date_drawn(
    value: Edtf, *, today: date, language: str, kind: Kind, status: Status, significance: Significance
) -> DateDrawn:
    """The drawing of an event with that date, labelled with the date itself in a language."""
    label = in_words(value, language, style="short")
    brief = Brief(0, "", label, language, value, status, kind, significance, countries=())
    drawing = lay_out([brief], _window(value), today=today, plot=PLOT)
    ticks = tuple((tick, tick_words(tick, language)) for tick in drawing.ticks)
    return DateDrawn(ticks, drawing.lanes[0].pieces[0], drawing.now, drawing.future)


def _window(value: Edtf) -> Viewport:
    """The days of the date with air; an open side goes on for as long again as the least."""
    first, last = value.ends
    if value.earliest is None:
        # Its mark stands at the known end: the label beside it needs room.
        first, last = _moved(first, -LEAST_DAYS), _moved(last, LEAST_DAYS // 3)
    if value.latest is None:
        last = _moved(last, LEAST_DAYS)
    return viewports.around(first, last, least=LEAST_DAYS)


def _moved(day: date, days: int) -> date:
    """A day some days later, within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, viewports.FIRST.toordinal()), viewports.LAST.toordinal()))
