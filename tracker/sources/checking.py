"""Checking the sources: which are due, one after the other with a pause for each site, and what came of it."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tracker.given import given
from tracker.models.catalogue import Source
from tracker.sources.address import host
from tracker.sources.opening import Opened, open_address
from tracker.vocabulary import CheckResult

# A check counts what it did not find; what was not opened says nothing either way.
_FOUND = {CheckResult.FOUND, CheckResult.MOVED}
_NOT_FOUND = {CheckResult.GONE, CheckResult.UNREACHABLE}
_MOST_FAILURES = 32_000
_DETAIL: int = given(Source._meta.get_field("check_detail").max_length)


def agent() -> str:
    """How the desk names itself to the sites it looks at."""
    return (
        f"USMCA-Joint-Review-Tracker/{settings.RELEASE.partition('+')[0]} (+{settings.SITE_URL}; looks for dead links)"
    )


def due(*, at: datetime, days: int, limit: int) -> QuerySet:
    """The sources that nobody checked for so many days, the longest unchecked first."""
    waiting = Source.objects.filter(Q(checked_at=None) | Q(checked_at__lte=at - timedelta(days=days)))
    return waiting.order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit]


def check(source: Source, *, at: datetime, look: Callable[[str], Opened] | None = None) -> Opened:
    """Open the source's address and note the result. It is no change of the source: its version stays, and an editor
    who has it open loses nothing. `look` opens an address; the internet's by default."""
    opened = (look or _look)(source.url)
    _note(source, opened, at)
    return opened


def _look(url: str) -> Opened:
    return open_address(url, agent=agent())


def _note(source: Source, opened: Opened, at: datetime) -> None:
    failures = source.check_failures
    if opened.result in _FOUND:
        failures = 0
    elif opened.result in _NOT_FOUND:
        failures = min(failures + 1, _MOST_FAILURES)
    # Half an address would lead elsewhere.
    detail = opened.detail if len(opened.detail) <= _DETAIL else ""
    source.checked_at, source.check_result = at, opened.result
    source.check_detail, source.check_failures = detail, failures
    # An address that was changed meanwhile was not looked at.
    Source.objects.filter(pk=source.pk, url=source.url).update(
        checked_at=at, check_result=opened.result, check_detail=detail, check_failures=failures
    )


def check_all(
    sources: Iterable[Source], *, pause: float, look: Callable[[str], Opened] | None = None
) -> Iterator[tuple[Source, Opened | None]]:
    """Check the sources, with `pause` seconds between two questions to one site; meanwhile others are asked. Gives
    each with its result; None where the site had asked not to be asked again now: it stays due."""
    waiting = [(host(source.url), source) for source in sources]
    ready: dict[str, float] = {}
    busy = set()
    while waiting:
        now = time.monotonic()
        turn = next((row for row in waiting if row[0] in busy or ready.get(row[0], 0) <= now), None)
        if turn is None:
            time.sleep(max(0.0, min(ready[site] for site, _source in waiting) - now))
            continue
        waiting.remove(turn)
        site, source = turn
        if site in busy:
            yield source, None
            continue
        opened = check(source, at=timezone.now(), look=look)
        ready[site] = time.monotonic() + pause
        if opened.busy:
            busy.add(site)
        yield source, opened
