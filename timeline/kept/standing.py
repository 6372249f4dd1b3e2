"""What the record stands at, kept in the process for a moment; and whether the database is away."""

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import InterfaceError, OperationalError

from tracker.database import replicas
from tracker.models.standing import Standing, standing
from tracker.moment import start_of

AWAY = (OperationalError, InterfaceError)
ZONE = ZoneInfo(settings.RECORD_ZONE)
PAUSE = timedelta(seconds=1)  # for which a database that failed is left alone, or as long again as it took to fail
_log = logging.getLogger(__name__)


class Stands:
    """What was read last, for `settings.KEPT_SECONDS` and never beyond the end of its day. Each state is one value that
    is replaced whole, so that threads need no lock."""

    def __init__(self) -> None:
        self._read: tuple[datetime, datetime, Standing] | None = None
        self._away_until: datetime | None = None

    def kept(self, now: datetime) -> Standing | None:
        """What stood less than the time allowed before an aware instant, if it was read."""
        read = self._read
        return read[2] if read and read[0] <= now < read[1] else None

    def fresh(self, now: datetime) -> Standing:
        """What stands at an aware instant, read now, as the first that a request reads. Raises one of AWAY."""
        found = replicas.surely(lambda: standing(now))
        self._away_until = None
        read = self._read
        if read is None or read[0] <= now:
            midnight = start_of(found.day + timedelta(days=1), ZONE)
            self._read = (now, min(now + timedelta(seconds=settings.KEPT_SECONDS), midnight), found)
        return found

    def failed(self, asked: datetime, now: datetime, error: Exception) -> None:
        """The database that was asked for something at one instant has failed to answer at another."""
        if not self.is_away(now):
            _log.warning("The database is away; readers get the last good copies: %s", error)
        self._away_until = now + max(PAUSE, now - asked)

    def is_away(self, now: datetime) -> bool:
        """Whether it failed a moment ago, so that asking again would only cost time."""
        until = self._away_until
        return until is not None and now < until

    def forget(self) -> None:
        self._read = self._away_until = None


STANDS = Stands()
