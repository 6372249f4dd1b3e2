"""The viewport: which stretch of the axis is drawn, and how a reader moves it. Pure: today is passed in.

A window has its two days inclusive. Four lengths have names (`vocabulary.Zoom`): 20 years, 33 months, 9 months and 10
weeks; a window of another length is as good, only none of the four is then said to be chosen.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.clock import add_months
from tracker.edtf import FIRST_YEAR, LAST_YEAR, Edtf
from tracker.vocabulary import Zoom

FIRST, LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
MONTHS = {Zoom.DECADE: 240, Zoom.YEAR: 33, Zoom.QUARTER: 9}
WEEKS = 10
LEAST_DAYS = 8  # what the grammar of addresses takes
MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Viewport:
    """A stretch of the axis, from the start of one day to the end of another."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.end} is before {self.start}")

    @property
    def days(self) -> int:
        """How many days it shows."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        return self.start + timedelta(days=(self.days - 1) // 2)

    def shows(self, value: Edtf) -> bool:
        """Whether a possible day of the date lies in it."""
        return value.touches(self.start, self.end)

    @property
    def months(self) -> int | None:
        """How many whole months it shows; None if it begins or ends within one."""
        if self.start.day != 1 or (self.end + timedelta(days=1) if self.end < LAST else FIRST).day != 1:
            return None
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def zoom(self) -> Zoom | None:
        """The named length that it has."""
        if self.days == 7 * WEEKS:
            return Zoom.MONTH
        return next((zoom for zoom, months in MONTHS.items() if self.months == months), None)


def opening(today: date, zoom: Zoom = Zoom.YEAR) -> Viewport:
    """The window that a page opens with: today at two thirds of it."""
    if zoom == Zoom.MONTH:
        return of_weeks(today - timedelta(days=today.weekday() + 7 * (WEEKS * 2 // 3)))
    if zoom == Zoom.DECADE:
        return of_months(date(max(today.year - 13, FIRST_YEAR), 1, 1), MONTHS[zoom])
    return of_months(_first(today.year, today.month - MONTHS[zoom] * 2 // 3), MONTHS[zoom])


def asked(start: date | None, end: date | None, today: date, focus: Edtf | None = None) -> Viewport:
    """The window that an address asks for. With one day only, it has the usual length from or to that day; with none,
    it opens at today, or at `focus` (the event opened) where today's window does not show that."""
    if start and end:
        return Viewport(start, end)
    months = MONTHS[Zoom.YEAR]
    if start:
        last = LAST if start.year > LAST_YEAR - 4 else add_months(start, months) - timedelta(days=1)
        return Viewport(min(start, LAST - timedelta(days=LEAST_DAYS - 1)), last)
    if end:
        first = FIRST if end.year < FIRST_YEAR + 4 else add_months(end + timedelta(days=1), -months)
        return Viewport(first, max(end, FIRST + timedelta(days=LEAST_DAYS - 1)))
    usual = opening(today)
    if focus is None or usual.shows(focus):
        return usual
    return zoomed(focus.ends[0], Zoom.YEAR)


def zoomed(middle: date, zoom: Zoom) -> Viewport:
    """The window of a named length with that day near its middle: by whole years, months or weeks."""
    if zoom == Zoom.MONTH:
        first = max(middle.toordinal() - 7 * WEEKS // 2, FIRST.toordinal())
        return of_weeks(date.fromordinal(first - (first - 1) % 7))  # ordinal 1 was a Monday
    if zoom == Zoom.DECADE:
        # The next year, so that the end of the term, ten years ahead of the review, is still in sight.
        return of_months(date(max(middle.year - 9, FIRST_YEAR), 1, 1), MONTHS[zoom])
    back = MONTHS[zoom] // 2 + (MONTHS[zoom] % 2 == 0 and middle.day < 16)
    return of_months(_first(middle.year, middle.month - back), MONTHS[zoom])


def panned(viewport: Viewport, direction: int) -> Viewport:
    """The window moved by half its length, later (1) or earlier (-1); a window of whole months by whole months. At the
    end of the calendar it stays where it is."""
    whole = viewport.months or 0
    months = whole // 2 * direction
    if months:
        start = _first(viewport.start.year, viewport.start.month + months)
        moved = of_months(start, whole)
        return moved if moved.start == start and moved.months == whole else viewport
    return shifted(viewport, direction * max(viewport.days // 2, 1))


def at_today(viewport: Viewport, today: date) -> Viewport:
    """A window of the same length with today at two thirds."""
    if viewport.zoom:
        return opening(today, viewport.zoom)
    first = today.toordinal() - viewport.days * 2 // 3
    return shifted(viewport, first - viewport.start.toordinal())


def moved_to(viewport: Viewport, day: date) -> Viewport:
    """A window of the same length with that day in its middle; of whole months if it was."""
    if viewport.months:
        return of_months(_first(day.year, day.month - viewport.months // 2), viewport.months)
    return shifted(viewport, (day - viewport.middle).days)


def shifted(viewport: Viewport, days: int) -> Viewport:
    """The window moved by some days; it stays where it is when the calendar ends before."""
    first, last = viewport.start.toordinal() + days, viewport.end.toordinal() + days
    if first < FIRST.toordinal() or last > LAST.toordinal():
        return viewport
    return Viewport(date.fromordinal(first), date.fromordinal(last))


def around(first: date, last: date, least: int = 28) -> Viewport:
    """The window from a first to a last day with a little air, of at least some days; as long as a window may be."""
    days = (last - first).days + 1
    air = min(max(days // 16, (least - days) // 2, 1), max((365 * MOST_YEARS - days) // 2, 0))
    start = max(first.toordinal() - air, FIRST.toordinal())
    end = min(last.toordinal() + air, LAST.toordinal(), start + 365 * MOST_YEARS)
    return Viewport(date.fromordinal(start), date.fromordinal(max(end, start + LEAST_DAYS - 1)))


def over(first: date, last: date) -> Viewport | None:
    """The window of the whole months from a first to a last day, of a year at least; None where that is too long."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > MOST_YEARS * 12:
        return None
    return of_months(_first(first.year, first.month - max(12 - months, 0) // 2), max(months, 12))


def of_months(start: date, months: int) -> Viewport:
    """The window of some whole months from a first of the month on, shorter where the calendar ends."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return Viewport(start, LAST if year > LAST_YEAR else date(year, month + 1, 1) - timedelta(days=1))


def of_weeks(start: date) -> Viewport:
    """The window of ten weeks from a day on, moved back where the calendar ends."""
    start = min(max(start, FIRST), LAST - timedelta(days=7 * WEEKS - 1))
    return Viewport(start, start + timedelta(days=7 * WEEKS - 1))


def _first(year: int, month: int) -> date:
    """The first of a month; month 0 is December of the year before. Kept within the calendar."""
    year, month = divmod(year * 12 + month - 1, 12)
    if year < FIRST_YEAR:
        return FIRST
    return date(LAST_YEAR, 12, 1) if year > LAST_YEAR else date(year, month + 1, 1)
