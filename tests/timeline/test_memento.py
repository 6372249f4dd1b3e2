"""Memento (RFC 7089) on every face that takes the moment, read by independent readers of dates and links."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factory import ago, change, event, published, retitle
from tracker.models.desk import AnnouncedDate
from tracker.models.record import Revision
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")
FACES = ("/", "/results/", "/events/one/", "/events/one/card/", "/embed/", "/events.json", "/clock/", "/changes/")
SITE = "http://127.0.0.1:8000"


def links(text: str) -> list[tuple[str, dict[str, str]]]:
    """The links of a header or of a list of links (RFC 8288): address and parameters. Fails at anything else."""
    one = r'\s*<(?P<address>[^<>\s]*)>(?P<parameters>(?:\s*;\s*[a-z]+="[^"]*")*)\s*'
    assert re.fullmatch(f"{one}(?:,{one.replace('?P<address>', '').replace('?P<parameters>', '')})*", text)
    return [
        (found["address"], dict(re.findall(r'([a-z]+)="([^"]*)"', found["parameters"])))
        for found in re.finditer(one, text)
        if found["address"]
    ]


def related(answer, relation: str) -> list[str]:
    header = answer.headers.get("Link")
    return [address for address, more in links(header) if more["rel"] == relation] if header else []


def day_before_today(**more) -> str:
    return (datetime.now(NEW_YORK) - timedelta(**more)).date().isoformat()


def end_of(day: str) -> datetime:
    """The last second of a day in New York, seconds being what HTTP can say."""
    return datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=NEW_YORK).astimezone(UTC)


@pytest.mark.parametrize("prefix", ["", "/es", "/fr"])
@pytest.mark.parametrize("path", FACES)
def test_a_view_of_a_past_day_says_its_instant_and_its_original(client, prefix, path):
    published("one", since=ago(days=20))
    day = day_before_today(days=9)
    answer = client.get(f"{prefix}{path}?utm=x&as_of={day}&country=CA")
    assert answer.status_code == 200
    assert parsedate_to_datetime(answer.headers["Memento-Datetime"]) == end_of(day)
    assert related(answer, "original") == [f"{SITE}{prefix}{path}?country=CA"]
    again = client.get(f"{prefix}{path}?as_of={day}&country=CA", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert [again.headers[name] for name in ("Memento-Datetime", "Link")] == [
        answer.headers[name] for name in ("Memento-Datetime", "Link")
    ]


def test_a_pinned_view_says_the_instant_of_the_pin_as_http_writes_it(client):
    stamp = ago(days=3)
    publish(event("one"), at=stamp)
    pinned = client.get("/events.json").json()["pinned"].removeprefix(SITE)
    answer = client.get(pinned)
    assert answer.headers["Memento-Datetime"] == format_datetime(stamp.replace(microsecond=0), usegmt=True)
    assert related(answer, "original") == [f"{SITE}/events.json"]
    assert "Memento-Datetime" in answer.headers["Access-Control-Expose-Headers"]


def test_a_view_with_both_moments_says_what_was_known(client):
    publish(event("one"), since=ago(days=30), at=ago(days=3))
    day = day_before_today(days=9)
    pin = Revision.objects.get().recorded.lower.isoformat().replace("+00:00", "Z")
    answer = client.get(f"/?as_of={day}&recorded={pin}")
    assert parsedate_to_datetime(answer.headers["Memento-Datetime"]) == end_of(day)
    assert related(answer, "original") == [f"{SITE}/"]


def test_a_day_that_is_not_over_is_no_past_state(client):
    published("one")
    for day in (day_before_today(), day_before_today(days=-1)):
        answer = client.get(f"/?as_of={day}")
        assert (answer.status_code, "Memento-Datetime" in answer.headers) == (200, False)
        assert related(answer, "original") == [f"{SITE}/"]


@pytest.mark.parametrize("path", FACES)
def test_a_live_view_is_no_memento(client, path):
    published("one")
    answer = client.get(path)
    assert (answer.status_code, "Memento-Datetime" in answer.headers) == (200, False)
    assert related(answer, "original") == []


def test_no_refusal_is_a_memento_but_a_retraction_is(client):
    made = published("one", since=ago(days=30))
    publish(made, at=None)
    retract(made, reason="Gone.", since=ago(days=10))
    day = day_before_today(days=5)
    for path in (f"/?as_of={day}&kind=x", f"/events/none/?as_of={day}", "/?as_of=2999-01-01"):
        answer = client.get(path)
        assert answer.status_code in (400, 404)
        assert ("Memento-Datetime" in answer.headers, "Link" in answer.headers) == (False, False)
    assert "Memento-Datetime" not in client.post(f"/?as_of={day}").headers
    gone = client.get(f"/events/one/?as_of={day}")
    assert gone.status_code == 410
    assert parsedate_to_datetime(gone.headers["Memento-Datetime"]) == end_of(day)


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_time_map_of_an_event_lists_the_days_on_which_it_came_to_say_something_else(client, prefix):
    made = event("one", date="2026-03-01", status="scheduled")
    publish(made, since=ago(days=30))
    publish(retitle(made, "Words"), since=ago(days=20))
    AnnouncedDate.objects.create(event=made, date="2026-03-01", announced_on=ago(days=30).date())
    publish(change(made, date="2026-03-09"), since=ago(days=10))
    publish(retitle(made, "Today"))
    schedule(retitle(made, "Marker"), datetime.now(UTC) + timedelta(days=1))
    page = f"{SITE}{prefix}/events/one/"
    (found,) = related(client.get(f"{prefix}/events/one/"), "timemap")
    assert found == f"{page}timemap/"
    answer = client.get(found.removeprefix(SITE))
    assert answer.headers["Content-Type"] == "application/link-format"
    original, itself, *mementos = links(answer.content.decode())
    assert original == (page, {"rel": "original"})
    days = [ago(days=count).astimezone(NEW_YORK).date().isoformat() for count in (30, 20, 10)]
    assert [address for address, _more in mementos] == [f"{page}?as_of={day}" for day in days]
    assert [more["rel"] for _address, more in mementos] == ["first memento", "memento", "last memento"]
    assert (itself[0], itself[1]["from"], itself[1]["until"]) == (
        f"{page}timemap/",
        mementos[0][1]["datetime"],
        mementos[-1][1]["datetime"],
    )
    for address, more in mementos:
        memento = client.get(address.removeprefix(SITE))
        assert (memento.status_code, memento.headers["Memento-Datetime"]) == (200, more["datetime"])


def test_a_time_map_is_seen_from_the_readers_moment(client):
    made = event("one")
    publish(made, since=ago(days=30))
    publish(retitle(made, "Later"), since=ago(days=10))
    day = day_before_today(days=20)
    early = links(client.get(f"/events/one/timemap/?as_of={day}").content.decode())
    assert [address for address, more in early if "memento" in more["rel"]] == [
        f"{SITE}/events/one/?as_of={ago(days=30).astimezone(NEW_YORK).date()}"
    ]
    assert [more["rel"] for _address, more in early] == ["original", "self", "first last memento"]
    pinned = re.search(r"recorded=(\S+)\"", client.get("/events.json").json()["pinned"] + '"')[1]
    for address, more in links(client.get(f"/events/one/timemap/?recorded={pinned}").content.decode())[2:]:
        assert f"recorded={pinned}" in address
        assert client.get(address.removeprefix(SITE)).headers["Memento-Datetime"] == more["datetime"]
    for path in ("/events/none/timemap/", f"/events/one/timemap/?as_of={day_before_today(days=90)}"):
        assert client.get(path).status_code == 404


def test_a_time_map_of_something_said_today_has_no_past_state_yet(client):
    published("one")
    assert [more["rel"] for _address, more in links(client.get("/events/one/timemap/").content.decode())] == [
        "original",
        "self",
    ]
