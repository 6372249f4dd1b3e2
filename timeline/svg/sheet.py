"""What all parts of one drawing share: colours, language, the day, and where its plot stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from timeline.svg.palette import Palette
from tracker.brief import Brief
from tracker.date_words import in_words
from tracker.edtf import parse


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its plot begins at `left` and is `plot` pixels wide. `live`: `today` is the reader's own day."""

    colours: Palette
    language: str
    today: date
    left: float
    plot: float
    live: bool = field(kw_only=True)
    address: Callable[[Brief], str] | None = None

    def x(self, mille: int) -> float:
        """A place of the layout, in per mille of the plot, in pixels of the sheet."""
        return self.left + self.long(mille)

    def long(self, mille: int) -> float:
        """A length in per mille of the plot, in pixels."""
        return mille * self.plot / 1000


def day_words(today: date, language: str, *, live: bool) -> str:
    """The day of a file's line: files are kept, so that it is never "today"."""
    day = in_words(parse(today.isoformat()), language, style="short")
    return day if live else _("As of %(day)s") % {"day": day}
