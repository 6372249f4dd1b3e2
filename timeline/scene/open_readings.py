"""What the text leaves open: the two readings of the extra 16 years, the last day of a term, and days a month lacks.
The days are reckoned by the clock from the acts on record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from timeline.scene.situation import in_day_words
from tracker import clock
from tracker.clock import Act, ActKind, Position, Rule, State, add_months
from tracker.clock.rules import WITHDRAWAL_MONTHS
from tracker.given import given
from tracker.provision import Provision


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """Where the term would end by each reading: after the extension on record, or if all confirmed on `day`."""

    happened: bool
    day: str
    common: str
    literal: str
    provision: Provision | None


@dataclass(frozen=True, slots=True)
class LastDay:
    """The day on which the term ends, and the last full day before it."""

    end: str
    before: str
    year: int
    provision: Provision | None


@dataclass(frozen=True, slots=True)
class ShortMonth:
    """A notice on a day that the month six months on does not have, and the day taken for it."""

    notice: str
    leaves: str
    provision: Provision | None


@dataclass(frozen=True, slots=True)
class OpenReadings:
    """`provisions`: those of the agreement, each with what it leaves open."""

    two: TwoReadings | None
    last: LastDay | None
    month: ShortMonth | None
    provisions: tuple[Provision, ...]


def open_readings(
    acts: Iterable[Act], position: Position, provisions: Mapping[str, Provision], language: str
) -> OpenReadings:
    """What is told of the open points on the position's day."""
    told = tuple(one for one in provisions.values() if not one.party)
    if position.term_end is None or position.state is State.ENDED:
        return OpenReadings(None, None, None, told)
    end = position.term_end
    last = LastDay(
        in_day_words(end, language),
        in_day_words(end - timedelta(days=1), language),
        end.year,
        provisions.get(Rule.TERM),
    )
    return OpenReadings(_two(acts, position, provisions, language), last, _month(position, provisions, language), told)


def _two(
    acts: Iterable[Act], position: Position, provisions: Mapping[str, Provision], language: str
) -> TwoReadings | None:
    if position.state is State.EXTENDED:
        started = max(act.day for _rule, act in position.reasons if act and act.what is ActKind.CONFIRMED)
        return _ends(position, started, provisions.get(Rule.CONFIRMATION), language, happened=True)
    if position.next_review is None:
        return None
    day = position.next_review.day
    yes = [Act(ActKind.CONFIRMED, party, day) for party in position.parties]
    would = clock.position([*acts, *yes], day)
    rule = Rule.LATER_CONFIRMATION if position.state is State.YEARLY_REVIEWS else Rule.CONFIRMATION
    return _ends(would, day, provisions.get(rule), language, happened=False)


def _ends(
    position: Position, day: date, provision: Provision | None, language: str, *, happened: bool
) -> TwoReadings | None:
    if position.state is not State.EXTENDED:
        return None  # the day is over, or a party has left by then
    term_end = given(position.term_end)
    common = in_day_words(term_end, language)
    literal = in_day_words(position.term_end_literal or term_end, language)
    return TwoReadings(happened, in_day_words(day, language), common, literal, provision)


def _month(position: Position, provisions: Mapping[str, Provision], language: str) -> ShortMonth:
    """The next 31 August: six months on there is no 31 February."""
    year = position.on.year + (position.on > date(position.on.year, 8, 31))
    notice = date(year, 8, 31)
    leaves = add_months(notice, WITHDRAWAL_MONTHS)
    return ShortMonth(in_day_words(notice, language), in_day_words(leaves, language), provisions.get(Rule.WITHDRAWAL))
