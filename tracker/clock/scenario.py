"""Steps of a scenario: what parties may do on a day to come, or might have done on a past one. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.clock.acts import OF_ONE_PARTY, PARTIES, Act, ActKind

FIRST_YEAR, LAST_YEAR = 2017, 2100
KINDS = tuple(kind for kind in ActKind if kind in OF_ONE_PARTY)


@dataclass(frozen=True, slots=True)
class Step:
    """One or several parties do the same on one day. `parties` stand in the order of PARTIES, each once.

    Raises ValueError for another kind of act, for no or unknown parties, and for a day outside of 2017 to 2100.
    """

    what: ActKind
    parties: tuple[str, ...]
    day: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", ActKind(self.what))
        if self.what not in KINDS:
            raise ValueError(f"{self.what} is no step of a party")
        if not self.parties or not set(self.parties) <= set(PARTIES):
            raise ValueError(f"parties are {', '.join(PARTIES)}, not {self.parties!r}")
        object.__setattr__(self, "parties", tuple(party for party in PARTIES if party in self.parties))
        if not FIRST_YEAR <= self.day.year <= LAST_YEAR:
            raise ValueError(f"the day must lie in {FIRST_YEAR} to {LAST_YEAR}")

    def __str__(self) -> str:
        """As addresses write it: "confirmed:all:2029-07-01", "withdrawal-notice:US:2027-01-15"."""
        who = "all" if self.parties == PARTIES else "-".join(self.parties)
        return f"{self.what}:{who}:{self.day.isoformat()}"

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts of the step, one for each party."""
        return tuple(Act(self.what, party, self.day) for party in self.parties)
