"""Sources in an event's form: an address is pasted, and the desk knows it, proposes, or asks; nothing twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.factory import cite, event
from tests.signing import member, signed_in
from tracker.models import Event, LogRow, Source
from tracker.models.fields import today

pytestmark = pytest.mark.django_db
ADD = "/admin/tracker/event/add/"
ASKED = "/admin/tracker/source/asked/"
USTR = {"publisher": "USTR", "tier": "primary", "language": "en"}
PAGE = "https://ustr.gov/press/1"


def cited(*sources: dict, **fields) -> dict:
    return event_post(**{"slug": "a", **rows("citations", *sources), **fields})


def asked(client, **typed) -> str:
    response = client.get(ASKED, {f"citations-3-{name}": value for name, value in typed.items()})
    assert response.status_code == 200
    return response.content.decode()


def fields_of_fragment(shown: str) -> dict:
    return fields_of(HttpResponse(f"<form>{shown}</form>"))


def test_a_known_address_is_all_that_is_typed(desk):
    made = Source.objects.create(url=PAGE, title="One", **USTR)
    response = desk.post(ADD, cited({"address": "http://USTR.gov/press/1/?utm_source=x#top", "quote": "It said."}))
    assert response.status_code == 302, errors(response)
    row = Event.objects.get().citations.get()
    assert (row.source, row.quote, Source.objects.count()) == (made, "It said.", 1)


def test_an_unknown_address_becomes_a_source_with_the_event(desk, boss):
    response = desk.post(ADD, cited({"address": PAGE, "title": "One", "published": "2026-07-01", **USTR}))
    assert response.status_code == 302, errors(response)
    made = Event.objects.get().citations.get().source
    assert (made.url, made.publisher, made.title, made.published) == (PAGE, "USTR", "One", "2026-07-01")
    assert (made.tier, made.language, made.changed_by, made.version) == ("primary", "en", boss, 1)
    logged = LogRow.objects.get(type="source")
    assert (logged.action, logged.by, logged.object, logged.address) == ("added", boss, str(made.pk), "127.0.0.1")
    assert {"field": "publisher", "old": None, "new": "USTR"} in logged.changes


def test_without_script_what_can_be_proposed_is_not_asked(desk):
    Source.objects.create(url="https://ustr.gov/about", **USTR)
    assert desk.post(ADD, cited({"address": PAGE})).status_code == 302
    made = Source.objects.get(url=PAGE)
    assert (made.publisher, made.tier, made.language) == ("USTR", "primary", "en")


def test_without_script_what_cannot_be_proposed_is_asked_and_the_rest_stands_there(desk):
    response = desk.post(ADD, cited({"address": PAGE, "title": "One", "quote": "It said."}))
    assert "Who published it? The desk knows nothing of ustr.gov yet." in errors(response)
    found = fields_of(response)
    shown = {
        name: found[f"citations-0-{name}"] for name in ("address", "publisher", "tier", "language", "title", "quote")
    }
    assert shown == {
        "address": PAGE,
        "publisher": "",
        "tier": "primary",
        "language": "en",
        "title": "One",
        "quote": "It said.",
    }
    assert (Event.objects.count(), Source.objects.count()) == (0, 0)
    assert desk.post(ADD, found | {"citations-0-publisher": "USTR"}).status_code == 302
    assert Source.objects.get().publisher == "USTR"


def test_a_bad_detail_is_told_at_its_field_and_nothing_is_saved(desk):
    response = desk.post(ADD, cited({"address": PAGE, **USTR, "published": "soon", "tier": "x", "language": "\0"}))
    said = errors(response)
    assert [f'id="id_citations-0-{name}_error"' in response.content.decode() for name in ("published", "language")] == [
        True,
        True,
    ]
    assert "Select a valid choice. x" in said
    assert (response.status_code, Event.objects.count(), Source.objects.count()) == (200, 0, 0)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("javascript:alert(1)", "begins with https:// or http://"),
        ("http://2130706433/", "within a private network"),
        ("https://ustr.gov/\0", "Null characters"),
    ],
)
def test_an_address_that_readers_cannot_open_is_refused_in_words(desk, address, words):
    response = desk.post(ADD, cited({"address": address, "title": "Mine", **USTR}))
    assert (response.status_code, words in errors(response), Source.objects.count()) == (200, True, 0)
    assert fields_of(response)["citations-0-title"] == "Mine"


def test_an_address_twice_is_an_error_at_the_second_row_that_names_the_first(desk):
    response = desk.post(ADD, cited({"address": PAGE, **USTR}, {"address": f"{PAGE}/#a", **USTR}))
    assert f"“{PAGE}” is listed twice." in errors(response)
    Source.objects.create(url=PAGE, title="One", **USTR)
    response = desk.post(ADD, cited({"source": Source.objects.get().pk}, {"address": PAGE}))
    assert "“USTR: One” is listed twice." in errors(response)
    shown = response.content.decode()
    assert shown.rindex("is listed twice") > shown.index('id="citations-1"')
    assert Event.objects.count() == 0


def test_an_address_and_another_source_chosen_is_refused(desk):
    other = Source.objects.create(url="https://example.org/a", publisher="Gazette", tier="press")
    response = desk.post(ADD, cited({"address": PAGE, "source": other.pk, **USTR}))
    assert "another source than the one chosen" in errors(response)


def test_a_row_with_a_quote_alone_asks_for_its_source(desk):
    response = desk.post(ADD, cited({"quote": "It said."}))
    assert "Paste the address of the source, or choose one" in errors(response)


def test_a_row_left_as_it_came_is_nothing(desk):
    found = fields_of(desk.get(ADD))
    assert found["citations-0-accessed_on"] == today().isoformat()
    posted = found | {"kind": "statement", "date": "2025-06-01", "countries": ["CA"], "slug": "a"}
    assert desk.post(ADD, posted | {"citations-0-accessed_on": "2026-01-02"}).status_code == 302
    assert Event.objects.get().citations.count() == 0


def test_the_day_of_reading_is_today_unless_said_otherwise(desk):
    found = fields_of(desk.get(ADD)) | {"kind": "statement", "date": "2025-06-01", "countries": ["CA"], "slug": "a"}
    found |= {"citations-0-address": PAGE} | {f"citations-0-{name}": value for name, value in USTR.items()}
    assert desk.post(ADD, found).status_code == 302
    assert Event.objects.get().citations.get().accessed_on == today()
    made = event("b")
    made.citations.update(accessed_on=date(2026, 1, 2))
    assert fields_of(desk.get(page_of(made)))["citations-0-accessed_on"] == "2026-01-02"


def test_what_was_typed_of_a_known_source_is_refused_once_and_never_overwrites_it(desk):
    Source.objects.create(url=PAGE, title="One", **USTR)
    response = desk.post(ADD, cited({"address": PAGE, "publisher": "Somebody", "tier": "press", "language": "en"}))
    assert "The desk knows this address already, as “USTR: One”" in errors(response)
    assert desk.post(ADD, fields_of(response)).status_code == 302
    made = Source.objects.get()
    assert (made.publisher, made.tier, made.version) == ("USTR", "primary", 1)
    assert Event.objects.get().citations.get().source == made


def test_an_archived_copy_is_added_to_a_source_that_has_none_and_never_replaced(desk, boss):
    made = event(sources=1)
    found = fields_of(desk.get(page_of(made)))
    copy = "https://web.archive.org/web/2026/https://example.org"
    assert desk.post(page_of(made), found | {"citations-0-archived_url": copy}).status_code == 302
    source = Source.objects.get()
    assert (source.archived_url, source.version, source.changed_by) == (copy, 2, boss)
    logged = LogRow.objects.get(type="source")
    assert (logged.action, logged.changes) == ("changed", [{"field": "archived_url", "old": None, "new": copy}])
    assert "citations-0-archived_url" not in fields_of(desk.get(page_of(made)))
    response = desk.post(ADD, cited({"source": source.pk, "archived_url": "https://example.org/other"}))
    assert "has an archived copy of this source already" in errors(response)


def test_a_saved_row_shows_its_source_and_the_other_events_that_cite_it(desk):
    made, other = event("one", title="First"), event("two", title="Second", date="2025-07-02")
    source = cite(made, PAGE, title="A notice of USTR", tier="primary")
    cite(other, PAGE)
    shown = desk.get(page_of(made)).content.decode()
    card = shown[shown.index("A notice of USTR</span>") :]
    assert f'<a href="{page_of(other)}" target="_blank">Second</a> <small>2 Jul 2025</small>' in card
    assert f"https://web.archive.org/web/*/{source.url}" in card
    assert f'<a href="{page_of(made)}"' not in card


def test_the_form_asks_as_often_for_the_uses_of_five_sources_as_of_two(desk):
    counts = []
    for count in (2, 5):
        made = event(f"event-{count}", sources=count)
        with CaptureQueriesContext(connection) as captured:
            desk.get(page_of(made))
        counts.append(sum('FROM "tracker_citation"' in query["sql"] for query in captured))
    assert counts[0] == counts[1] > 0


def test_a_fragment_proposes_for_an_unknown_address(desk):
    Source.objects.create(url="https://ustr.gov/about", **USTR)
    shown = asked(desk, address=PAGE)
    assert "taken from 1 source of ustr.gov" in shown
    found = fields_of_fragment(shown)
    assert (found["citations-3-publisher"], found["citations-3-tier"], found["citations-3-language"]) == (
        "USTR",
        "primary",
        "en",
    )
    assert Source.objects.count() == 1


def test_a_fragment_keeps_what_was_typed_and_lets_go_what_was_proposed(desk):
    Source.objects.create(url="https://ustr.gov/about", **USTR)
    Source.objects.create(url="https://gazette.org/a", publisher="Gazette", tier="press", language="fr")
    before = json.dumps(USTR)
    typed = {"publisher": "USTR", "tier": "analysis", "language": "en", "title": "Mine", "proposed": before}
    found = fields_of_fragment(asked(desk, address="https://gazette.org/b", **typed))
    assert {name: found[f"citations-3-{name}"] for name in ("publisher", "tier", "language", "title")} == {
        "publisher": "Gazette",
        "tier": "analysis",
        "language": "fr",
        "title": "Mine",
    }


def test_a_fragment_shows_the_source_that_the_desk_knows(desk):
    made = event(title="First")
    source = cite(made, PAGE, title="A notice of USTR")
    for typed in ({"address": f"{PAGE}/"}, {"source": source.pk}):
        shown = asked(desk, **{"address": "", **typed})
        assert ("A notice of USTR" in shown, ">First</a>" in shown, "citations-3-publisher" in shown) == (
            True,
            True,
            False,
        )
    assert ">First</a>" not in asked(desk, address=PAGE, event=made.pk)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"citations-0-address": "\0"},
        {"citations-0-address": "", "citations-0-source": "9" * 40},
        {"citations-0-address": "", "citations-0-source": "x"},
        {"citations-0-address": "http://["},
        {"citations-0-address": PAGE, "citations-0-event": "x", "citations-0-proposed": "[1]"},
        {"citations-0-address": PAGE, "citations-0-proposed": "{", "citations-0-title": "<script>\0"},
        {"<script>-0-address": PAGE},
    ],
)
def test_a_crafted_fragment_is_answered(desk, query):
    response = desk.get(ASKED, query)
    assert (response.status_code, "<script>" in response.content.decode()) == (200, False)


def test_a_fragment_is_read_by_those_who_see_sources(db):
    author, nobody = member("author"), member("author", "nobody")
    nobody.groups.clear()
    assert signed_in(author).get(ASKED, {"citations-0-address": PAGE}).status_code == 200
    assert signed_in(nobody).get(ASKED, {"citations-0-address": PAGE}).status_code == 403
    assert signed_in(author).post(ASKED).status_code == 405


def test_who_adds_no_sources_adds_none_by_a_crafted_request(db):
    clerk = member("author", "clerk")
    clerk.groups.clear()
    codes = ["add_event", "change_event", "view_event", "add_citation", "change_citation", "view_source"]
    clerk.user_permissions.set(Permission.objects.filter(codename__in=codes))
    response = signed_in(clerk).post(ADD, cited({"address": PAGE, **USTR}))
    assert "your account adds no sources" in errors(response)
    assert (Event.objects.count(), Source.objects.count()) == (0, 0)
    Source.objects.create(url=PAGE, **USTR)
    assert signed_in(clerk).post(ADD, cited({"address": PAGE})).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_that_add_one_address_at_once_the_second_takes_the_firsts(boss):
    clients = [signed_in(boss), signed_in(boss)]

    def post(number):
        try:
            return clients[number].post(ADD, cited({"address": PAGE, **USTR}, slug=f"event-{number}")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(post, range(2))) == [302, 302]
    assert (Event.objects.count(), Source.objects.count()) == (2, 1)
