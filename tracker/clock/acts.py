"""Acts: the steps with legal effect under Articles 34.6 and 34.7, and their order within a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PARTIES = ("US", "MX", "CA")


class ActKind(StrEnum):
    """What was done. The values are kept in the record for ever.

    The order of the members is the order within one day: a confirmation given later on the day of a
    refusal stands, and a day set at a meeting is that of the review after the meeting.
    """

    ENTERED = "entered-into-force"
    REVIEW_HELD = "review-held"
    NOT_CONFIRMED = "not-confirmed"
    CONFIRMED = "confirmed"
    NOTICE = "withdrawal-notice"
    RESCINDED = "withdrawal-rescinded"
    REVIEW_SET = "review-set"


OF_ONE_PARTY = frozenset({ActKind.NOT_CONFIRMED, ActKind.CONFIRMED, ActKind.NOTICE, ActKind.RESCINDED})
_RANK = {kind: rank for rank, kind in enumerate(ActKind)}


@dataclass(frozen=True, slots=True)
class Act:
    """One step on one calendar day, local to the place where it was done.

    `party` is one of PARTIES for what a single party does, None for what all do together. `event` is the
    permanent id of the event that the act stands on. `sets` belongs to `review-set` alone: the day of the
    review that the Commission chose, after `day`, the day on which it chose.
    Raises ValueError for an unknown kind, a party missing or out of place, and a `sets` likewise.
    """

    what: ActKind
    party: str | None
    day: date
    note: str = ""
    event: int | None = None
    sets: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", ActKind(self.what))
        if self.what in OF_ONE_PARTY and self.party not in PARTIES:
            raise ValueError(f"{self.what} is the act of one party ({', '.join(PARTIES)}), not {self.party!r}")
        if self.what not in OF_ONE_PARTY and self.party is not None:
            raise ValueError(f"{self.what} is an act of all parties, not of {self.party!r}")
        if (self.what is ActKind.REVIEW_SET) != (self.sets is not None):
            raise ValueError(f"{ActKind.REVIEW_SET}, and nothing else, names the day that it sets")
        if self.sets is not None and self.sets <= self.day:
            raise ValueError(f"a review is set for a later day than {self.day}, not for {self.sets}")


def by_day(acts: Iterable[Act], on: date) -> dict[date, tuple[Act, ...]]:
    """The acts up to and including `on`, each once, by day; days and acts in their order of effect."""
    days: dict[date, tuple[Act, ...]] = {}
    for act in sorted({act for act in acts if act.day <= on}, key=_order):
        days[act.day] = (*days.get(act.day, ()), act)
    return days


def _order(act: Act) -> tuple[date, int, str, date, str, int]:
    return act.day, _RANK[act.what], act.party or "", act.sets or date.min, act.note, act.event or 0
