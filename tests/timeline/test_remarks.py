"""The event page: what the governments said side by side, silence as silence, and the legal basis."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.elements import Elements, read
from tests.factory import ago, cite, event, remark, rule
from tests.signing import member, signed_in
from timeline.scene.remarks import side_by_side
from tracker.entry import from_content
from tracker.freezing import freeze
from tracker.models import Actor
from tracker.publishing import publish
from tracker.vocabulary import Country

HOSTILE = "<script>alert(1)</script>\"'&"
SILENT = "No statement on record"


def columns(page: str) -> list[list[str]]:
    """The words of each column, line by line; no column where there is no section."""
    section = re.search(r'<div class="sides">(.*?)</div></section>', page, re.DOTALL)
    found = re.findall(r'<section class="side".*?</section>', section[1], re.DOTALL) if section else []
    return [re.sub(r"\s*<[^>]*>\s*", "|", one).replace("\n", " ").strip("|").split("|") for one in found]


def plain(lines: list[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def spoken(*countries: str, **fields):
    made = event("spoken", **fields)
    for country in countries:
        remark(made, country)
    publish(made, since=ago(days=9))
    return made


SAID = ["The government", "Words of {}.", "Example Gazette. English.", "source 1"]


@pytest.mark.django_db
@pytest.mark.parametrize("countries", [(), ("MX",), ("US", "CA", "MX")])
def test_three_columns_from_north_to_south_once_a_government_spoke_and_silence_is_said(client, countries):
    spoken(*countries)
    page = read(client, "/events/spoken/")
    names = {"CA": "Canada", "US": "United States", "MX": "Mexico"}
    wanted = [
        [name, *([line.format(code) for line in SAID] if code in countries else [SILENT])]
        for code, name in names.items()
    ]
    assert [plain(one) for one in columns(page)] == (wanted if countries else [])
    styles = [attrs["href"] for attrs in Elements(page).of("link") if attrs.get("rel") == "stylesheet"]
    assert any("event.css" in href for href in styles) == bool(countries)
    for fragment in ("/events/spoken/card/", "/embed/?event=spoken", "/?event=spoken"):
        assert columns(read(client, fragment)) == []


@pytest.mark.django_db
def test_a_column_tells_by_day_who_said_what_in_which_language_and_where_it_was_read(client):
    made = event("spoken", texts=("en", "es", "fr"))
    source = cite(made, "https://example.org/es", publisher="Gaceta", language="es")
    ebrard = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard", name_es="M. Ebrard")
    remark(made, "MX", "Undated.")
    remark(made, "MX", "Later.", said_on="2025-06-03")
    remark(
        made, "MX", "They agree.", said_on="2025-06-02", actor=ebrard, source=source, quote="Sí.", words_es="Aceptan."
    )
    publish(made)
    first = ["Marcelo Ebrard", "2 June 2025", "They agree.", "Sí.", "Gaceta. Spanish.", "source 2"]
    told = plain(columns(read(client, "/events/spoken/"))[2])
    assert told[1:7] == first
    assert [line for line in told if line in ("Later.", "Undated.")] == ["Later.", "Undated."]
    assert '<a href="#source-2">source 2</a>' in read(client, "/events/spoken/")
    spanish = read(client, "/es/events/spoken/")
    assert "<p>Aceptan.</p>" in spanish
    assert '<p lang="en">Later.</p>' in spanish
    assert "<strong>M. Ebrard</strong>" in spanish
    french = read(client, "/fr/events/spoken/")
    assert '<p lang="en">They agree.</p>' in french
    assert '<strong lang="en">Marcelo Ebrard</strong>' in french
    assert '<blockquote lang="es">Sí.</blockquote>' in french


@pytest.mark.django_db
def test_an_earlier_day_shows_what_was_said_of_it_then(client):
    made = spoken("US")
    remark(made, "CA", "Words of today.")
    publish(made)
    then = read(client, f"/events/spoken/?as_of={ago(days=5).date()}")
    assert [plain(one)[1] for one in columns(then)] == [SILENT, "The government", SILENT]
    assert "Words of today." not in then
    assert "Words of today." in read(client, "/events/spoken/")


@pytest.mark.django_db
def test_hostile_words_are_words(client):
    made = event("spoken")
    source = cite(made, "https://example.org/x", publisher=HOSTILE, language="xx")
    made.rule = rule(citation_en=HOSTILE)
    made.save()
    speaker = Actor.objects.create(slug="x", name_en=HOSTILE)
    remark(made, "CA", HOSTILE, quote=HOSTILE, actor=speaker, source=source)
    publish(made)
    for address in ("/events/spoken/", "/events/spoken/card/"):
        assert "<script>alert" not in read(client, address)
    assert read(client, "/events/spoken/").count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5


@pytest.mark.django_db
def test_the_legal_basis_leads_to_the_clock_from_the_reader_s_moment_and_to_the_official_text(client):
    made = event("ruled", texts=("en", "fr"))
    made.rule = rule(address="https://example.org/34?a=1&b=2", citation_fr="Article 34.7.2 (fr)")
    made.save()
    publish(made, since=ago(days=9))
    day = ago(days=5).date()
    for address, words, text in (
        ("/events/ruled/", "Article 34.7.2", "official text"),
        ("/events/ruled/card/", "Article 34.7.2", "official text"),
    ):
        links = [(attrs["href"], words) for attrs, words in Elements(read(client, f"{address}?as_of={day}")).links()]
        assert (f"/clock/?as_of={day}", words) in links
        assert ("https://example.org/34?a=1&b=2", text) in links
    assert ">Article 34.7.2 (fr)</a>" in read(client, "/fr/events/ruled/")
    assert '<a href="/es/clock/" lang="en">Article 34.7.2</a>' in read(client, "/es/events/ruled/")
    publish(event("free"))
    assert "Legal basis" not in read(client, "/events/free/")


@pytest.mark.django_db
def test_the_document_shape_and_the_preview_tell_the_same(client):
    made = event("spoken")
    made.rule = rule()
    made.save()
    remark(made, "CA", "They agree.", said_on="2025-06-02")
    shown = signed_in(member("author")).get(f"/admin/preview/{made.pk}/event/?lang=en").content.decode()
    assert plain(columns(shown)[0])[1:4] == ["The government", "2 June 2025", "They agree."]
    assert "site/event.css" in shown
    assert client.get("/events/spoken/").status_code == 404
    publish(made)
    (told,) = client.get("/events.json").json()["events"]
    assert told["rule"] == {"slug": "article-34-7-2", "citation": "Article 34.7.2"}
    assert told["remarks"] == [
        {
            "country": "CA",
            "by": None,
            "words": "They agree.",
            "language": "en",
            "quote": "",
            "source": 1,
            "on": "2025-06-02",
        }
    ]


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """A frozen content without a statement of any government."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield freeze(event())
        transaction.set_rollback(True)


SAYINGS = st.lists(
    st.tuples(st.sampled_from(Country), st.none() | st.integers(0, 3), st.none() | st.integers(1, 2)), max_size=6
)


@pytest.mark.django_db  # the frozen content comes out of the database
@given(said=SAYINGS)
def test_every_statement_stands_once_in_its_country_by_day(content, said):
    first = date(2026, 7, 1)
    rows = [
        {
            "country": country.value,
            "by": None,
            "words": {"en": str(number)},
            "quote": "",
            "source": source,
            "on": (first + timedelta(days=day)).isoformat() if day is not None else "",
        }
        for number, (country, day, source) in enumerate(said)
    ]
    row = {"event": 1, "number": 1, "known_from": None, "recorded_from": None, "stated": None}
    entry = from_content(content | {"remarks": rows}, "en", **row, reason="", classes=(), sequence=0)
    sides = side_by_side(entry)
    assert [side.country for side in sides] == (list(Country) if said else [])
    told = [(side.country, one) for side in sides for one in side.spoken]
    assert sorted(one.remark.words for _country, one in told) == sorted(str(number) for number in range(len(said)))
    assert all(one.remark.country == country for country, one in told)
    for side in sides:
        days = [(one.remark.on or date.max, int(one.remark.words)) for one in side.spoken]
        assert days == sorted(days)
    # The one source there is has number 1.
    assert all((one.source is None) == (one.remark.source != 1) for _country, one in told)
