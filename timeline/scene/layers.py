"""What is drawn on top of the events when asked for: the links between them, and the days that the rules set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from timeline.layout import Drawing, Lane, Mark, Pill, Viewport, lay_lane
from timeline.layout.ties import Head, Stroke, Tie, ties
from timeline.scene.deadlines import Due, due
from timeline.scene.due_words import STATES, step_words
from tracker.brief import Brief
from tracker.clock import DueState, Rule
from tracker.edtf import parse
from tracker.entry import Entry
from tracker.labels import LINKS_BACK
from tracker.vocabulary import Country, Kind, Layer, LinkType, Significance, Status

ROWS = 4  # of the lane of deadlines
TOLD = 8  # deadlines in the list of a narrow screen
KEY = "deadlines"

# What the duties of the United States are called on the axis, where their number of days tells them apart at once.
SHORT = {
    Rule.US_NOTICE: _("270-day notice"),
    Rule.US_REPORT: _("180-day report"),
    Rule.US_ANNUAL_REPORT: _("70-day report"),
    Rule.US_BRIEFING: _("20-day briefing"),
}
# What prepares a review weighs less than the review itself, and than the days of the term.
_LESSER = frozenset({*SHORT, Rule.RECOMMENDATIONS})


@dataclass(frozen=True, slots=True)
class DeadlineMark:
    """One piece of the lane of deadlines: `dues` are several where it is a pill."""

    piece: Mark | Pill
    dues: tuple[Due, ...]

    @property
    def due(self) -> Due:
        return self.dues[0]


@dataclass(frozen=True, slots=True)
class DeadlineLane:
    """The computed deadlines of a window: the lane, its pieces, those that a narrow screen lists, and the states that
    are drawn, with their words."""

    lane: Lane
    pieces: tuple[DeadlineMark, ...]
    told: tuple[Due, ...]
    states: tuple[tuple[DueState, str], ...]


@dataclass(frozen=True, slots=True)
class TiesOfLane:
    """What is drawn of the ties of one type within one lane, each stroke and head once, for several links may share
    them."""

    type: LinkType
    strong: bool
    strokes: tuple[Stroke, ...]
    heads: tuple[Head, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """What is on. `ties` are by lane, in the order of the lanes of the drawing, the strong ones last, so that they lie
    above the others; `types` are those that are drawn, with
    their words read from the earlier event on; `links` counts the lines."""

    on: frozenset[Layer] = frozenset()
    ties: tuple[tuple[TiesOfLane, ...], ...] = ()
    types: tuple[tuple[LinkType, str], ...] = ()
    links: int = 0
    deadlines: DeadlineLane | None = None
    emphasised: bool = False


def layers(
    drawing: Drawing,
    on: Iterable[Layer],
    *,
    today: date,
    treaty: Iterable[Entry] = (),
    chosen: int | None = None,
    plot: int,
) -> Layers:
    """The layers that are `on`, for a drawing. `treaty`: the entries that the treaty clock reads, for the deadlines;
    `chosen`: the event whose chain stands out."""
    on = frozenset(on)
    drawn = ties(drawing, chosen) if Layer.LINKS in on else ()
    found = {tie.type for tie in drawn}
    return Layers(
        on=on,
        ties=tuple(_of_lane(drawn, number) for number in range(len(drawing.lanes))) if drawn else (),
        types=tuple((type_, str(words)) for type_, words in LINKS_BACK.items() if type_ in found),
        links=len(drawn),
        deadlines=deadline_lane(due(treaty, today), drawing.viewport, today, plot) if Layer.DEADLINES in on else None,
        emphasised=any(tie.strong for tie in drawn),
    )


def _of_lane(drawn: Sequence[Tie], number: int) -> tuple[TiesOfLane, ...]:
    found: dict[tuple[bool, LinkType], tuple[list[Stroke], list[Head]]] = {}
    for tie in sorted(drawn, key=lambda tie: tie.strong):
        strokes, heads = found.setdefault((tie.strong, tie.type), ([], []))
        strokes += (stroke for lane, stroke in tie.strokes if lane == number)
        heads += [tie.head] if tie.lane == number else []
    return tuple(
        TiesOfLane(type_, strong, tuple(dict.fromkeys(strokes)), tuple(dict.fromkeys(heads)))
        for (strong, type_), (strokes, heads) in found.items()
        if strokes
    )


def deadline_lane(dues: Iterable[Due], window: Viewport, today: date, plot: int) -> DeadlineLane | None:
    """The lane of the deadlines that a window shows; None if it shows none."""
    shown = [one for one in dues if window.start <= one.deadline.day <= window.end]
    lane = lay_lane(KEY, map(_brief, range(len(shown)), shown), window, today=today, rows=ROWS, plot=plot)
    if lane is None:
        return None
    pieces = tuple(DeadlineMark(piece, tuple(shown[one.event] for one in piece.events)) for piece in lane.pieces)
    found = {one.state for one in shown}
    states = tuple((state, str(words)) for state, words in STATES.items() if state in found)
    return DeadlineLane(lane, pieces, _told(shown, today), states)


def _told(shown: Sequence[Due], today: date) -> tuple[Due, ...]:
    """Those to come, the nearest first, then the newest of those that are past; by day."""
    live = [one for one in shown if one.state != DueState.SUPERSEDED]
    ahead = [one for one in live if one.deadline.day >= today][:TOLD]
    past = [one for one in live if one.deadline.day < today]
    return (*past[len(past) - min(len(past), TOLD - len(ahead)) :], *ahead)


def _brief(number: int, one: Due) -> Brief:
    """A deadline as the layout knows what it draws: `event` is its number among those shown, and no event's."""
    return Brief(
        event=number,
        slug=one.id,
        label=short(one),
        language="",
        date=parse(one.deadline.day.isoformat()),
        status=Status.OCCURRED,
        kind=Kind.LEGAL_DEADLINE,
        significance=Significance.MINOR if one.deadline.rule in _LESSER else Significance.MAJOR,
        countries=tuple(Country),
    )


def short(one: Due) -> str:
    """What is due, as a label in the active language."""
    rule = one.deadline.rule
    return str(SHORT[rule]) if rule in SHORT else step_words(one.deadline)
