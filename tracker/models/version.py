"""What the record stands at: rules 10 and 12 of docs/record.md."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Rule 12: what the record stands at. Both instants in UTC; None while the record is empty."""

    recorded: datetime | None
    appears: datetime | None

    def __str__(self):
        return "-".join("0" if part is None else f"{part.timestamp():.6f}" for part in (self.recorded, self.appears))

    @property
    def pin(self) -> datetime | None:
        """Rule 10: the instant that makes a view permanent, if the version is settled."""
        return max((part for part in (self.recorded, self.appears) if part), default=None)

    def holds(self, instant: datetime) -> bool:
        """Whether every deed stamped up to the instant is in it: so it is of one that reached a stamp as late."""
        return self.recorded is not None and instant <= self.recorded

    @property
    def is_settled(self) -> bool:
        """Whether no deed at work can have a smaller stamp than the pin: true of a stamp, whose deed was the last under
        the lock; not of a moment that merely came, which a deed stamped before it may still be at work on."""
        return self.recorded is None or self.appears is None or self.appears <= self.recorded
