"""The counting of requests: nobody gets more than the limit, everybody gets what is told, and memory is bounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rates.bucket import Buckets, Rate
from tracker.rates.kinds import Kind, kind_of

LIMITS = st.integers(1, 600)
PAUSES = st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=120)


def times(pauses: list[float]) -> list[float]:
    now, found = 1000.0, []
    for pause in pauses:
        now += pause
        found.append(now)
    return found


@given(LIMITS, PAUSES)
def test_no_stretch_of_time_holds_more_than_the_limit_at_once_and_its_even_pace(limit, pauses):
    buckets = Buckets(Rate(limit))
    allowed = [now for now in times(pauses) if buckets.take("a", now=now) == 0]
    for first, begin in enumerate(allowed):
        for last in range(first, len(allowed)):
            assert last - first + 1 <= limit + (allowed[last] - begin) * limit / 60 + 1e-6


@given(LIMITS, PAUSES)
def test_whoever_waits_as_long_as_is_told_is_let_in_and_not_before(limit, pauses):
    buckets = Buckets(Rate(limit))
    for now in times(pauses):
        while buckets.take("a", now=now) == 0:
            pass
    wait = buckets.take("a", now=now)
    assert 0 < wait <= 60 / limit + 1e-6
    assert buckets.take("a", now=now + wait * 0.99 - 1e-6) > 0
    assert buckets.take("a", now=now + wait + 1e-6) == 0


@given(LIMITS, st.integers(1, 5))
def test_a_quiet_client_may_ask_the_whole_limit_at_once_and_a_refusal_costs_it_nothing(limit, refused):
    buckets = Buckets(Rate(limit))
    assert [buckets.take("a", now=5.0) for _ in range(limit)] == [0] * limit
    waits = {buckets.take("a", now=5.0) for _ in range(refused)}
    assert len(waits) == 1 and waits.pop() > 0
    assert buckets.take("b", now=5.0) == 0
    assert [buckets.take("a", now=66.0) for _ in range(limit)] == [0] * limit


def test_without_a_limit_nothing_is_refused_and_nobody_is_remembered():
    buckets = Buckets(Rate(0))
    assert ({buckets.take("a", now=1.0) for _ in range(1000)}, len(buckets)) == ({0.0}, 0)


@given(st.lists(st.integers(0, 50), max_size=300))
def test_no_more_clients_are_remembered_than_there_is_room_for(clients):
    buckets = Buckets(Rate(5), most=10)
    for number, client in enumerate(clients):
        buckets.take(client, now=float(number))
        assert len(buckets) <= 10


@pytest.mark.parametrize(
    ("path", "query", "kind"),
    [
        ("/", "", None),
        ("/", "country=CA", None),
        ("/", "q=", None),
        ("/", "faq=1", None),
        ("/", "q=steel", Kind.SEARCH),
        ("/es/results/", "country=CA&q=acero", Kind.SEARCH),
        ("/", "%71=steel", Kind.SEARCH),
        ("/embed/", "q=steel", Kind.SEARCH),
        ("/events.csv", "q=steel", Kind.EXPORTS),
        ("/fr/events.ics", "", Kind.EXPORTS),
        ("/feed.atom", "", Kind.EXPORTS),
        ("/changes.json", "", Kind.EXPORTS),
        ("/changes/marks.json", "", Kind.EXPORTS),
        ("/picture.png", "", Kind.EXPORTS),
        ("/es/events/an-event/picture.png", "", Kind.EXPORTS),
        ("/events.png", "", Kind.DOCUMENTS),
        ("/fr/events.docx", "", Kind.DOCUMENTS),
        ("/events.pdf", "limit=1", Kind.DOCUMENTS),
        ("/events.pptx", "", Kind.DOCUMENTS),
        ("/es/events.zip", "", Kind.DOCUMENTS),
        ("/api/v1/events/", "q=steel", Kind.API),
        ("/oembed", "url=x", Kind.API),
        ("/static/site/site.js", "", None),
        ("/events/an-event/", "", None),
        ("/admin/tracker/event/", "q=steel", None),
        ("/health/live", "", None),
    ],
)
def test_what_costs_is_known_by_its_address(path, query, kind):
    assert kind_of(path, query) == kind


@given(st.text(), st.text())
def test_any_address_is_of_a_kind_or_of_none(path, query):
    assert kind_of(f"/{path}", query) in {None, *Kind}
