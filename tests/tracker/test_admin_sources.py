"""The page of sources at the desk: one row an address, the list and its filters, the events that cite it, the check."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin_form import errors, fields_of
from tests.factory import cite, event
from tests.signing import member, signed_in
from tracker.models import Source
from tracker.vocabulary import CheckFault

pytestmark = pytest.mark.django_db
LIST = "/admin/tracker/source/"
ADD = "/admin/tracker/source/add/"
INNER = "http://localhost/a"


def source(url: str = "https://ustr.gov/a", **fields) -> Source:
    return Source.objects.create(url=url, **{"publisher": "USTR", "tier": "primary", "language": "en", **fields})


def page_of(made: Source) -> str:
    return f"{LIST}{made.pk}/change/"


def entered(url: str, **fields) -> dict:
    return {"publisher": "USTR", "url": url, "tier": "primary", "language": "en", **fields}


def listed(client, **query) -> set[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return {row.url for row in response.context["cl"].result_list}


def test_an_address_is_added_once_in_whatever_spelling(desk):
    made = source("https://ustr.gov/a", title="One")
    response = desk.post(ADD, entered("http://USTR.gov:80/a/?utm_source=x#top"))
    assert "The desk knows this address already, as “USTR: One”." in errors(response)
    assert desk.post(ADD, entered("https://ustr.gov/b")).status_code == 302
    other = Source.objects.exclude(pk=made.pk).get()
    response = desk.post(page_of(other), fields_of(desk.get(page_of(other))) | {"url": "https://ustr.gov/a/"})
    assert "knows this address already" in errors(response)
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"url": "https://ustr.gov/a/"}).status_code == 302


@pytest.mark.parametrize(
    ("url", "words"), [("ftp://ustr.gov/a", "begins with https://"), ("http://10.0.0.1/a", "private network")]
)
def test_an_address_that_readers_cannot_open_is_refused_in_words(desk, url, words):
    assert words in errors(desk.post(ADD, entered(url)))
    assert words in errors(desk.post(ADD, entered("https://ustr.gov/a", archived_url=url)))


def test_a_source_in_a_rare_language_keeps_it(desk):
    made = source(language="nl")
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"title": "One"}).status_code == 302
    made.refresh_from_db()
    assert (made.language, made.title, made.version) == ("nl", "One", 2)


def test_the_result_of_a_check_goes_with_its_address(desk):
    made = source(checked_at=timezone.now(), check_result="gone", check_detail="404", check_failures=3)
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"title": "One"}).status_code == 302
    assert Source.objects.values_list("check_result", "check_failures").get() == ("gone", 3)
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"url": "https://ustr.gov/b"}).status_code == 302
    fields = ("checked_at", "check_result", "check_detail", "check_failures")
    assert Source.objects.values_list(*fields).get() == (None, "", "", 0)


def test_the_list_is_filtered(desk):
    now = timezone.now()
    one = source("https://ustr.gov/1", title="One", check_result="found", checked_at=now).url
    two = source("https://www.ustr.gov/2", tier="press", check_result="gone", check_detail="404", checked_at=now).url
    three = source("https://gazette.org/3", language="fr").url
    assert listed(desk) == {one, two, three}
    assert listed(desk, tier="press") == {two}
    assert listed(desk, language="fr") == {three}
    assert [listed(desk, check=value) for value in ("found", "gone", "never")] == [{one}, {two}, {three}]
    assert [listed(desk, title=value) for value in ("with", "without")] == [{one}, {two, three}]
    assert [listed(desk, site=value) for value in ("ustr.gov", "gazette.org")] == [{one, two}, {three}]
    for name in ("tier", "language", "check", "title", "site"):
        assert [listed(desk, **{name: value}) for value in ("\0", "x", "'")] == [set(), set(), set()]


def test_the_list_asks_as_often_for_three_sources_as_for_one(desk):
    desk.get(LIST)
    counts = []
    for number in (0, 1, 2):
        cite(event(f"event-{number}", sources=0), source(f"https://ustr.gov/{number}").url)
        with CaptureQueriesContext(connection) as captured:
            desk.get(LIST)
        counts.append(len(captured))
    assert counts[0] == counts[2]


def test_the_page_names_the_events_that_cite_it_and_what_the_check_found(desk):
    made = source(
        checked_at=timezone.now(), check_result="unreachable", check_detail=CheckFault.CERTIFICATE, check_failures=2
    )
    cite(citing := event("one", title="First"), made.url)
    shown = desk.get(page_of(made)).content.decode()
    assert f'<a href="/admin/tracker/event/{citing.pk}/change/">First</a>' in shown
    assert "Does not answer: the certificate of the site is not valid" in shown
    assert "2 checks in a row did not find it" in shown
    assert f'href="https://web.archive.org/web/*/{made.url}" target="_blank" rel="noopener noreferrer"' in shown


def test_the_button_checks_by_post_alone_and_opens_nothing_within(desk):
    made = source(INNER)
    address = f"{LIST}{made.pk}/check/"
    assert desk.get(address).status_code == 405
    response = desk.post(address, follow=True)
    assert "Not opened: it leads into a private network" in response.content.decode()
    made.refresh_from_db()
    assert (made.check_result, made.check_detail, made.version) == ("refused", "private", 1)
    assert "was checked a moment ago" in desk.post(address, follow=True).content.decode()
    assert desk.post(f"{LIST}{made.pk + 1}/check/").status_code == 404


def test_who_may_not_change_sources_checks_none(db):
    reader = member("author")
    reader.groups.clear()
    made = source(INNER, checked_at=timezone.now() - timedelta(days=1))
    assert signed_in(reader).post(f"{LIST}{made.pk}/check/").status_code == 403
    made.refresh_from_db()
    assert made.check_result == ""
