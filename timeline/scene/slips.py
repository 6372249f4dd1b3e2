"""The announced dates of a query: which of them held, how far the others moved, and who had announced them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.layout.slips import Strip, Strips, dot_strips
from timeline.scene.announced import Dated, Tally, dated, tally
from timeline.scene.event import Moves, Step, moves_of, path_of
from tracker.entry import Entry, SourceRef
from tracker.labels import COUNTRIES, KINDS
from tracker.models.slipped import Promised, Speaker
from tracker.slip import Outcome, slip
from tracker.vocabulary import Country, Standing, Tier

# A page tells so many events at most, the largest slips first; the rest is counted.
MOST_TOLD = 60
MOST_CALLED_OFF = 60
# Below this a median tells little, and the page says so.
FEW = 10

REPORTED = {
    Tier.PRESS: gettext_lazy("Told by the press"),
    Tier.ANALYSIS: gettext_lazy("Told by analysts and law firms"),
    Tier.AGGREGATOR: gettext_lazy("Told by digests"),
}
# "Prime Minister of Canada (via CNW)": who speaks, not who relayed it.
RELAYED = re.compile(r"\s*\(via [^)]*\)$")


@dataclass(frozen=True, slots=True)
class Group:
    """Some announced dates under one name, and the dots of those that moved."""

    name: str
    tally: Tally
    strip: Strip

    @property
    def held(self) -> range:
        """As many as held, to draw a dot for each."""
        return range(self.tally.held)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The groups by one question (source, country, kind), those with the most moved dates first. `strips` holds the
    axis that they share."""

    by: str
    groups: tuple[Group, ...]
    strips: Strips


@dataclass(frozen=True, slots=True)
class Slipped:
    """An event of whose announced dates one moved at least. `total`: days from the first date announced to the one that
    stands; `farthest`: the largest slip of one of its dates."""

    entry: Entry
    standing: Standing
    path: tuple[Step, ...]
    moves: Moves | None
    total: int | None
    farthest: int


@dataclass(frozen=True, slots=True)
class Judged:
    """All announced dates in numbers, in one language; the permanent ids of the events to be told, each with its
    largest slip in days, and how many `more` there are; the same of those that were called off."""

    tally: Tally
    rankings: tuple[Ranking, ...]
    moved: tuple[tuple[int, int], ...]
    more: int
    called_off: tuple[int, ...]
    more_called_off: int


@dataclass(frozen=True, slots=True)
class Slips:
    tally: Tally
    rankings: tuple[Ranking, ...]
    slipped: tuple[Slipped, ...]
    more: int
    called_off: tuple[tuple[Entry, Standing], ...]
    more_called_off: int

    @property
    def few(self) -> bool:
        return self.tally.moved < FEW


def slips(rows, *, today: date, language: str, found: Judged | None = None) -> Slips:
    """What became of the announced dates of `rows`, as seen on a day: those of the record with announced dates.
    `found`: what `judged` gave of the same rows, if it is known."""
    found = found or judged(rows, today=today)
    told = {row.event: row.entry(language) for row in rows.of([*dict(found.moved), *found.called_off])}
    return Slips(
        found.tally,
        found.rankings,
        tuple(_slipped(told[event], today, farthest, language) for event, farthest in found.moved),
        found.more,
        tuple((told[event], told[event].standing(today)) for event in found.called_off),
        found.more_called_off,
    )


def judged(rows, *, today: date) -> Judged:
    """What became of all these dates in numbers, in the active language, and the events that the page tells."""
    dates, called_off, farthest = [], [], {}
    for one in rows.promised():
        dates += (own := dated(one, today))
        moved = [abs(each.slip or 0) for each in own if each.outcome == Outcome.MOVED]
        if moved:
            farthest[one.event] = max(moved)
        if one.standing(today) in (Standing.POSTPONED, Standing.CANCELLED):
            called_off.append(one.event)
    told = sorted(farthest.items(), key=lambda pair: (-pair[1], pair[0]))
    return Judged(
        tally(dates),
        (
            ranking("country", dates, lambda one: party(one.entry)),
            ranking("source", dates, lambda one: institution(one.source), fold=True),
            ranking("kind", dates, lambda one: str(KINDS[one.entry.kind])),
        ),
        tuple(told[:MOST_TOLD]),
        max(len(told) - MOST_TOLD, 0),
        tuple(sorted(called_off)[:MOST_CALLED_OFF]),
        max(len(called_off) - MOST_CALLED_OFF, 0),
    )


def ranking(by: str, dates: Iterable[Dated], name: Callable[[Dated], str], *, fold: bool = False) -> Ranking:
    """The dates grouped by a name, the groups with the most moved dates first, then by the largest slip. `fold`: groups
    of a single date that did not move stand together, where there are several."""
    found: dict[str, list[Dated]] = defaultdict(list)
    for one in dates:
        found[name(one)].append(one)
    if fold:
        found = _folded(found)
    tallies = sorted(((tally(some), group) for group, some in found.items()), key=_rank)
    strips = dot_strips(each.days for each, _group in tallies)
    groups = (Group(group, each, strip) for (each, group), strip in zip(tallies, strips.strips, strict=True))
    return Ranking(by, tuple(groups), strips)


def _folded(found: dict[str, list[Dated]]) -> dict[str, list[Dated]]:
    single = {name: some for name, some in found.items() if len(some) == 1 and some[0].outcome != Outcome.MOVED}
    if len(single) < 2:
        return found
    others = ngettext("%(n)s other, one date each", "%(n)s others, one date each", len(single)) % {"n": len(single)}
    kept = {name: some for name, some in found.items() if name not in single}
    return kept | {others: [one for some in single.values() for one in some]}


def _rank(pair: tuple[Tally, str]) -> tuple:
    each, name = pair
    return -each.moved, -abs(each.largest or 0), -each.announced, name


def institution(source: SourceRef | Speaker | None) -> str:
    """Who announced, as the source tells it: the publisher of an official source. Others only report what somebody else
    announced, so that they stand together by their sort."""
    if source is None:
        return _("No source on record")
    if source.tier == Tier.PRIMARY:
        return RELAYED.sub("", source.publisher)
    return str(REPORTED[source.tier])


def party(entry: Entry | Promised) -> str:
    """The country that stands behind an event: the one whose people and bodies alone take part, else the only one that
    is concerned."""
    taking_part = {one.country for one in entry.participants if one.country}
    if len(taking_part) == 1:
        return str(COUNTRIES[taking_part.pop()])
    if entry.participants:
        return _("Several countries, or a joint body")
    if len(entry.countries) == 1:
        return str(COUNTRIES[Country(entry.countries[0])])
    return _("Not stated: several countries are concerned")


def _slipped(entry: Entry, today: date, farthest: int, language: str) -> Slipped:
    steps = path_of(entry)
    return Slipped(
        entry=entry,
        standing=entry.standing(today),
        path=steps,
        moves=moves_of(steps, language) if entry.brief.moved else None,
        total=slip(entry.announced[0].date, entry.date),
        farthest=farthest,
    )
