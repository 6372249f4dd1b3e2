"""VTIMEZONE components (RFC 5545, 3.6.5): the rules of a zone for some years, each change of the clocks by its day.

The library's own are an hour late in spring: the start of an observance is written in the local time of before.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from tracker.given import given

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
State = tuple[timedelta, str, bool]


@lru_cache(maxsize=64)
def timezone(name: str, first: int, last: int) -> bytes:
    """The component of a zone of the IANA database, good from the beginning of one year to the end of another."""
    zone, start = ZoneInfo(name), datetime(first, 1, 1, tzinfo=UTC)
    state = _state(zone, start)
    # What held at the beginning, from its first instant on.
    onsets = {(state[0], *state): [(start + state[0]).replace(tzinfo=None)]}
    for instant, after in _changes(zone, start, datetime(last + 1, 1, 1, tzinfo=UTC)):
        local = (instant + state[0]).replace(tzinfo=None)
        onsets.setdefault((state[0], *after), []).append(local)
        state = after
    component = Timezone()
    component.add("TZID", name)
    for (before, offset, words, summer), days in onsets.items():
        part = TimezoneDaylight() if summer else TimezoneStandard()
        part.add("TZNAME", words)
        part.TZOFFSETFROM, part.TZOFFSETTO, part.DTSTART = before, offset, days[0]
        if days[1:]:
            part.add("RDATE", days[1:])
        component.add_component(part)
    return component.to_ical()


def _state(zone: ZoneInfo, instant: datetime) -> State:
    local = instant.astimezone(zone)
    return given(local.utcoffset()), given(local.tzname()), bool(local.dst())


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, State]]:
    """Each instant at which the zone's clocks change, to the second, with what holds from it on."""
    while start < end:
        before, after = start, start + _DAY
        if (state := _state(zone, after)) != _state(zone, before):
            while after - before > _SECOND:
                middle = before + (after - before) // 2
                middle = middle.replace(microsecond=0)
                if _state(zone, middle) == state:
                    after = middle
                else:
                    before = middle
            yield after, state
        start += _DAY
