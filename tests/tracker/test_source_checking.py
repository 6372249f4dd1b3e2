"""Which sources are checked, how politely, and what is noted of it; what is proposed for new ones."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection

from tracker.management.commands.check_sources import LOCK
from tracker.models import Source
from tracker.sources.checking import agent, check, check_all, due
from tracker.sources.known import known
from tracker.sources.opening import Opened
from tracker.sources.proposals import Proposal, propose
from tracker.vocabulary import CheckFault, CheckResult

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def source(url: str, publisher: str = "Gazette", **fields) -> Source:
    return Source.objects.create(url=url, publisher=publisher, **{"tier": "press", "language": "en", **fields})


def test_the_longest_unchecked_are_due_first_and_the_lately_checked_not_at_all():
    fresh = source("https://a.org/1", checked_at=NOW - timedelta(days=3))
    old = source("https://a.org/2", checked_at=NOW - timedelta(days=8))
    oldest = source("https://a.org/3", checked_at=NOW - timedelta(days=80))
    never = source("https://a.org/4")
    assert list(due(at=NOW, days=7, limit=10)) == [never, oldest, old]
    assert list(due(at=NOW, days=7, limit=2)) == [never, oldest]
    assert fresh in due(at=NOW, days=0, limit=10)


def test_a_check_notes_its_result_and_touches_nothing_else():
    made = source("https://a.org/1", title="One")
    before = Source.objects.values().get()
    check(made, at=NOW, look=lambda url: Opened(CheckResult.MOVED, "https://a.org/2"))
    noted = {"checked_at": NOW, "check_result": "moved", "check_detail": "https://a.org/2"}
    assert Source.objects.values().get() == before | noted


def test_what_was_not_found_is_counted_until_it_is_found():
    made, counts = source("https://a.org/1"), []
    for result in ("gone", "unreachable", "refused", "unreachable", "moved", "gone", "found"):
        check(made, at=NOW, look=lambda url, result=result: Opened(CheckResult(result)))
        counts.append(Source.objects.get().check_failures)
    assert counts == [1, 2, 2, 3, 0, 1, 0]


def test_a_new_address_that_is_too_long_to_keep_is_not_cut():
    check(
        made := source("https://a.org/1"),
        at=NOW,
        look=lambda url: Opened(CheckResult.MOVED, "https://b.org/" + "x" * 300),
    )
    made.refresh_from_db()
    assert (made.check_result, made.check_detail) == ("moved", "")


def test_an_address_that_changed_meanwhile_keeps_no_result_of_the_former():
    made = source("https://a.org/1")
    Source.objects.update(url="https://a.org/2")
    check(made, at=NOW, look=lambda url: Opened(CheckResult.GONE, "404"))
    made.refresh_from_db()
    assert (made.checked_at, made.check_result, made.check_failures) == (None, "", 0)


def test_one_site_is_asked_with_pauses_and_the_others_meanwhile():
    made = [source(url) for url in ("https://a.org/1", "https://a.org/2", "https://b.org/1", "https://A.org/3")]
    asked = []

    def look(url):
        asked.append((url, time.monotonic()))
        return Opened(CheckResult.FOUND)

    assert [row for row, _opened in check_all(made, pause=0.05, look=look)] == [made[0], made[2], made[1], made[3]]
    moments = [moment for url, moment in asked if "b.org" not in url]
    assert [later - earlier >= 0.05 for earlier, later in pairwise(moments)] == [True, True]


def test_a_site_that_asks_not_to_be_asked_is_left_alone():
    made = [source(f"https://a.org/{number}") for number in range(3)]
    asked = []

    def look(url):
        asked.append(url)
        return Opened(CheckResult.REFUSED, "429", busy=True)

    assert [opened is None for _source, opened in check_all(made, pause=0, look=look)] == [False, True, True]
    assert asked == ["https://a.org/0"]
    assert Source.objects.filter(checked_at=None).count() == 2


def test_the_command_opens_nothing_within_and_says_what_came_of_it(capsys):
    for url in ("http://127.0.0.1/a", "http://localhost/b", "http://169.254.169.254/latest/meta-data/"):
        source(url)
    call_command("check_sources", pause=0)
    assert capsys.readouterr().out == "Checked 3 sources: 3 refused.\n"
    assert set(Source.objects.values_list("check_result", "check_detail")) == {("refused", CheckFault.PRIVATE)}
    call_command("check_sources", pause=0)
    assert capsys.readouterr().out == "No source is due.\n"


@pytest.mark.django_db(transaction=True)
def test_two_checks_at_once_are_one(capsys):
    source("http://localhost/a")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        call_command("check_sources", pause=0)
    finally:
        other.close()
    assert capsys.readouterr().out == "The sources are being checked already.\n"
    assert Source.objects.get().checked_at is None


def test_the_desk_names_itself_and_where_it_is():
    assert agent().startswith("USMCA-Joint-Review-Tracker/")
    assert "(+http://127.0.0.1:8000; " in agent()


def test_a_source_is_known_under_every_spelling_of_its_address():
    made = source("http://www.Economía.gob.mx/a/?x=1")
    for url in (
        "https://www.economía.gob.mx/a?x=1#b",
        "https://www.xn--economa-dza.gob.mx/a?x=1&utm_source=c",
        "http://WWW.ECONOMÍA.GOB.MX:80/a?x=1",
    ):
        assert known(url) == made, url
    assert [known("https://www.economía.gob.mx/a?x=2"), known("https://economía.gob.mx/a?x=1")] == [None, None]


def test_of_two_spellings_in_the_list_the_same_one_is_taken():
    first, second = source("http://a.org/1"), source("https://a.org/1/")
    assert [known("http://a.org/1"), known("https://a.org/1/"), known("https://a.org/1")] == [first, second, first]


@pytest.fixture
def sources():
    rows = [
        ("https://ustr.gov/a", "USTR", "en", "primary"),
        ("https://www.ustr.gov/b", "USTR", "en", "primary"),
        ("https://ustr.gov/c", "U.S. Trade Representative", "en", "primary"),
        ("https://www.newswire.ca/news/1.html", "Prime Minister of Canada", "en", "primary"),
        ("https://www.newswire.ca/news/2.html", "Prime Minister of Canada", "en", "primary"),
        ("https://www.newswire.ca/fr/news/3.html", "Cabinet du premier ministre", "fr", "primary"),
        ("https://www.gob.mx/se/prensa/1", "Secretaría de Economía", "es", "primary"),
        ("https://www.gob.mx/presidencia/prensa/2", "Presidencia", "es", "primary"),
        ("https://tenney.house.gov/a", "Rep. Tenney", "en", "primary"),
        ("https://stage.tradedaily.com/a", "Trade Daily", "en", "press"),
        ("https://www.tradedaily.com/b", "Trade Daily", "en", "press"),
    ]
    return [source(url, publisher, language=language, tier=tier) for url, publisher, language, tier in rows]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ustr.gov/new", Proposal("USTR", "en", "primary", 3)),
        ("https://press.ustr.gov/new", Proposal("USTR", "en", "primary", 3)),
        ("https://www.newswire.ca/news/4.html", Proposal("Prime Minister of Canada", "en", "primary", 3)),
        ("https://www.newswire.ca/fr/news/5.html", Proposal("Cabinet du premier ministre", "fr", "primary", 3)),
        ("https://www.gob.mx/se/prensa/9", Proposal("Secretaría de Economía", "es", "primary", 2)),
        ("https://amp.tradedaily.com/c", Proposal("Trade Daily", "en", "press", 1)),
        # Another office of the same domain is no publisher of this one.
        ("https://costa.house.gov/a", Proposal("", "en", "primary", 1)),
        ("https://www.canada.ca/fr/ministere/x.html", Proposal("", "fr", "primary", 0)),
        ("https://www.dof.gob.mx/nota", Proposal("", "es", "primary", 0)),
        ("https://www.eluniversal.com.mx/a", Proposal("", "es", "", 0)),
        ("https://example.com/a", Proposal("", "", "", 0)),
        ("https://notustr.gov/a", Proposal("", "en", "primary", 0)),
    ],
)
def test_what_the_desk_knows_of_a_site_is_proposed(sources, url, expected):
    assert propose(url) == expected


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://example.com/es/noticias/a", "es"),
        ("https://example.com/en-ca/news", "en"),
        ("https://example.com/notice-fra.aspx", "fr"),
        ("https://example.com/notice_es", "es"),
        ("https://example.com/notice.aspx?id=1&lang=fra", "fr"),
        ("https://fr.example.com/a", "fr"),
        ("https://example.com/reunion-en-washington-es-hoy", ""),
        ("https://example.com/news?open=1", ""),
    ],
)
def test_the_language_that_an_address_tells_is_proposed(url, language):
    assert propose(url).language == language
