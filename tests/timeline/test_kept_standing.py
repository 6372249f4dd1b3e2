"""What the record stands at: read as each of its parts would say it, and kept for a second at most."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factory import ago, event, published, retitle, rule
from timeline.kept.standing import ZONE, Stands
from tracker.models.record import Revision
from tracker.models.sharing import NamedEmbed
from tracker.models.standing import standing
from tracker.moment import start_of
from tracker.publishing import publish, schedule

pytestmark = pytest.mark.django_db


def _told():
    rule()
    publish(event("one"), since=ago(days=9), at=ago(days=8))
    NamedEmbed.objects.create(name="named", query="country=CA")


def test_what_stands_is_what_each_of_its_parts_would_say():
    now = datetime.now(UTC)
    empty = standing(now)
    assert (empty.version, empty.rules, empty.embeds) == (Revision.objects.version(now), "0-0-0.000000", "")
    _told()
    published("two")
    schedule(retitle(event("three"), "Later"), ago(days=-2))
    for moment in (datetime.now(UTC), ago(days=-3)):
        found = standing(moment)
        assert found.version == Revision.objects.version(moment)
        assert found.day == found.now.astimezone(ZONE).date()
    assert (found.rules[:4], found.embeds[:4]) == ("1-1-", "1-1-")


def test_what_was_read_counts_for_a_second_and_not_beyond_midnight(settings):
    settings.KEPT_SECONDS = 1
    stands, noon = Stands(), datetime(2026, 11, 23, 17, tzinfo=UTC)
    _told()
    assert stands.kept(noon) is None
    before = stands.fresh(noon)
    publish(retitle(event("two"), "Zwei"))
    assert stands.kept(noon + timedelta(seconds=0.9)) is before
    assert stands.kept(noon + timedelta(seconds=1)) is stands.kept(noon - timedelta(seconds=1)) is None
    assert stands.fresh(datetime.now(UTC) + timedelta(hours=1)).version > before.version
    midnight = start_of(before.day + timedelta(days=1), ZONE)
    late = Stands()
    late.fresh(midnight - timedelta(seconds=0.2))
    assert late.kept(midnight - timedelta(seconds=0.1)) and late.kept(midnight) is None
    settings.KEPT_SECONDS = 0
    stands.fresh(midnight)
    assert stands.kept(midnight) is None
