"""What the record stands at, and what else the public is told beside it: all that an answer may change with, in one
question to the database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections, router

from tracker.models.record import Revision
from tracker.models.version import Version

# Rule 12 of docs/record.md, as `Revision.objects.version` asks it, with the stamps of what has no history. Written out:
# it is asked for nearly every answer, and to put it together anew would take several times as long as to ask it.
_ASKED = """
select
  (select lower(recorded) from tracker_revision order by lower(recorded) desc limit 1),
  (select appears from tracker_revision
    where appears <= %s and (upper(recorded) is null or upper(recorded) > appears)
    order by appears desc, id desc limit 1),
  rules.*, embeds.*, names.*
from
  (select count(*), coalesce(sum(version), 0), max(changed_at) from tracker_rule) as rules,
  (select count(*), coalesce(sum(version), 0), max(changed_at) from tracker_namedembed) as embeds,
  (select count(*), coalesce(max(id), 0) from tracker_term
    where appears <= greatest(%s, (select max(lower(recorded)) from tracker_revision))) as names
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood at an instant, `now`: the version of the record, a stamp that changes with the rules and one that
    changes with the named embeds (empty without any), and the day of the record's zone."""

    now: datetime
    version: Version
    rules: str
    embeds: str
    day: date
    # Changes with the names of topics and actors that the public may know, more seldom than the version does.
    names: str = ""
    # All of it but the instant: of two answers to one question with the same token, the bytes are the same.
    token: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "token", f"{self.version} {self.rules} {self.embeds} {self.day.isoformat()}")


def standing(now: datetime) -> Standing:
    """What stands at an aware instant. To be read before any row, as rule 12 says. Raises OperationalError or
    InterfaceError while the database is away."""
    with connections[router.db_for_read(Revision)].cursor() as cursor:
        cursor.execute(_ASKED, [now, now])
        recorded, appears, *told, count, newest = cursor.fetchone()
    # The database's clock may be ahead of this machine's: a fresh stamp must not lie in the future.
    now = max(now, recorded) if recorded else now
    day = now.astimezone(ZoneInfo(settings.RECORD_ZONE)).date()
    embeds = _stamp(*told[3:]) if told[3] else ""
    return Standing(now, Version(recorded, appears), _stamp(*told[:3]), embeds, day, f"{count}-{newest}")


def _stamp(rows: int, saves: int, last: datetime | None) -> str:
    return f"{rows}-{saves}-{last.timestamp() if last else 0:.6f}"
