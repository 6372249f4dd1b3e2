"""How a view is cited: the words, the entries for programs, and titles that try to break out of them."""

import html
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.core.cache import caches
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.databases import address
from tests.elements import Elements
from tests.factory import ago, event, published, retitle
from timeline.scene.citation import Citation, bibtex, ris
from timeline.scene.cite import bind
from tracker.models.record import RECORD_LOCK
from tracker.publishing import publish, schedule
from tracker.query import Query

NEW_YORK = ZoneInfo("America/New_York")
ADDRESS = "https://example.org/es/?topic=a,b&q=50%25+%7Bx%7D&recorded=2026-11-22T21:23:05.000001Z"
CITED = Citation(
    title="Révisión “conjunta”: 25 % & más",
    site="USMCA Joint Review Tracker",
    address=ADDRESS,
    note="Record of 22 November 2026, 21:23 UTC.",
    issued=date(2026, 11, 22),
    accessed=date(2026, 11, 23),
    language="es",
    name="us-public-hearing",
)
HOSTILE = [
    "}}, url = {https://evil.example}, x = {{",
    "@misc{other, title={x}}",
    "{",
    "}",
    "\\input{/etc/passwd} \\end{document}",
    "100% of $5 & #1_a ^ ~ \\",
    "two\nlines\r\nER  - \nTY  - BOOK",
    "\u2028\u0085\x0b\x00 %",
    '<script>alert("x")</script>',
]


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """The type, the key and the fields of the one entry, as BibTeX reads it: a value ends where its braces are even,
    whatever stands before a brace. Fails if anything is left over."""
    kind, key, rest = re.fullmatch(r"@(\w+)\{([A-Za-z0-9-]+),\n(.*)\}\n", text, re.DOTALL).groups()
    fields = {}
    while rest:
        name, rest = re.match(r" *(\w+) = \{(.*)", rest, re.DOTALL).groups()
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[end], 0)
            end += 1
        fields[name], rest = rest[: end - 1], rest[end:]
        assert rest.startswith(",\n")
        rest = rest[2:]
    return kind, key, fields


def printed(latex: str) -> str:
    """The words that LaTeX prints for a field; fails at any sign of which it would make something else."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    names |= {"textasciicircum": "^", "textasciitilde": "~"}
    plain = r"\\(?P<name>text\w+)\{\}|\\(?P<sign>[$&#_%])|(?P<as_is>[^\\{}$&#_%^~])"
    found = list(re.finditer(plain, latex))
    assert "".join(one[0] for one in found) == latex
    return "".join(names[one["name"]] if one["name"] else one["sign"] or one["as_is"] for one in found)


def one_line(words: str) -> str:
    return " ".join(re.split(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", words)).strip()


def test_a_bibtex_entry_says_what_where_and_when():
    kind, key, fields = read_bibtex(bibtex(CITED))
    assert (kind, key) == ("misc", "usmca-us-public-hearing-" + key[-8:])
    assert fields == {
        "title": r"{Révisión “conjunta”: 25 \% \& más}",
        "author": "{USMCA Joint Review Tracker}",
        "year": "2026",
        "url": ADDRESS,
        "urldate": "2026-11-23",
        "note": "Record of 22 November 2026, 21:23 UTC.",
        "langid": "spanish",
    }


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text("\\{}$&#_%^~@\n,= a", max_size=30)))
def test_no_title_breaks_out_of_its_field(title):
    hostile = Citation(title, title, ADDRESS, title, date(2026, 1, 1), date(2026, 1, 1), "en", title)
    _kind, key, fields = read_bibtex(bibtex(hostile))
    assert list(fields) == ["title", "author", "year", "url", "urldate", "note", "langid"]
    assert printed(fields["title"].removeprefix("{").removesuffix("}")) == one_line(title)
    assert printed(fields["note"]) == one_line(title)
    assert fields["url"] == ADDRESS
    assert re.fullmatch(r"usmca-[a-z0-9-]*-?[0-9a-f]{8}", key)
    lines = ris(hostile).split("\n")
    assert [line[:6] for line in lines] == [
        *(f"{tag}  - " for tag in ("TY", "TI", "AU", "PY", "DA", "UR", "Y2", "N1", "LA", "ER")),
        "",
    ]
    assert lines[1] == f"TI  - {one_line(title)}"


def test_the_key_is_that_of_the_address():
    again = Citation(**{name: getattr(CITED, name) for name in CITED.__slots__} | {"accessed": date(2030, 1, 1)})
    other = Citation(**{name: getattr(CITED, name) for name in CITED.__slots__} | {"address": ADDRESS + "1"})
    assert again.key == CITED.key != other.key


@pytest.mark.parametrize(
    ("asked", "bound"),
    [
        ({}, {}),
        ({"as_of": date(2026, 7, 1)}, {"as_of": date(2026, 7, 1)}),
        ({"as_of": date(2026, 7, 2)}, {"as_of": date(2026, 7, 2)}),
        ({"as_of": date(2026, 7, 3)}, {}),
        ({"since": "2026-07-01"}, {"since": "2026-07-01"}),
        ({"since": "2026-07-09"}, {"since": "2026-07-02"}),
        ({"since": "2026-07-03T01:59:00Z"}, {"since": "2026-07-03T01:59:00Z"}),
        ({"since": "2026-07-03T02:01:00Z"}, {"since": "2026-07-03T02:00:00Z"}),
        ({"a": date(2026, 6, 1), "b": date(2026, 7, 9)}, {"a": date(2026, 6, 1), "b": date(2026, 7, 9)}),
    ],
)
def test_what_is_later_than_the_pin_means_the_pins_own_day(asked, bound):
    pin = datetime(2026, 7, 3, 2, tzinfo=UTC)  # still 2 July in the record's zone
    assert bind(Query(**asked), pin, NEW_YORK) == Query(**bound, recorded=pin)


def cited(page: str) -> dict[str, str]:
    """The citation on a page: its text, its address, and the entries for programs."""
    section = re.search(r'(?s)<(section|details)[^>]* id="cite".*?</p>.*', page)[0]
    text = re.search(r'(?s)<p class="cite" id="cited">(.*?)</p>', section)[1]
    entries = {
        name: html.unescape(text)
        for name, text in re.findall(r'<textarea aria-label="(\w+)"[^>]*>(.*?)</', section, re.S)
    }
    links = Elements(text).links()
    return {"text": html.unescape(re.sub(r"<[^>]*>", "", text)), "address": links[0][0]["href"], **entries}


def followed(client, address: str):
    return client.get(address.removeprefix("http://127.0.0.1:8000"))


@pytest.mark.django_db
def test_the_citation_of_a_view_names_its_filters_the_record_and_its_permanent_address(client):
    stamp = datetime.now(UTC) - timedelta(days=3)
    publish(event("one", kind="hearing"), at=stamp)
    found = cited(client.get("/?kind=hearing&utm_source=x&look=list&country=CA").content.decode())
    address = f"http://127.0.0.1:8000/?country=CA&kind=hearing&recorded={stamp.isoformat().replace('+00:00', 'Z')}"
    day = f"{stamp.day} {stamp:%B %Y}"
    words = f"“Timeline: Canada, hearing”, USMCA Joint Review Tracker, record of {day}, {stamp:%H:%M} UTC."
    assert (found["address"], found["text"]) == (address, f"{words} {address}")
    fields = read_bibtex(found["BibTeX"])[2]
    assert fields["title"] == "{Timeline: Canada, hearing}"
    assert (fields["url"], fields["urldate"]) == (address, datetime.now(NEW_YORK).date().isoformat())
    assert fields["note"] == f"Record of {day}, {stamp:%H:%M} UTC."


@pytest.mark.django_db
def test_a_pinned_page_cites_its_own_pin_and_does_not_follow_the_day(client):
    made = published("one")
    pinned = cited(client.get("/events/one/").content.decode())
    publish(retitle(made, "Other"))
    again = cited(followed(client, pinned["address"]).content.decode())
    assert {name: again[name] for name in ("text", "address")} == {name: pinned[name] for name in ("text", "address")}
    moment = re.search(r"recorded=(\S+)", pinned["address"])[1]
    assert f"urldate = {{{datetime.fromisoformat(moment).astimezone(NEW_YORK).date()}}}" in again["BibTeX"]


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/es", "/fr"])
def test_the_permanent_address_of_a_view_of_today_can_be_opened_when_the_record_is_older(client, prefix):
    publish(event("one", texts=("en", "es", "fr")), at=ago(days=40))
    today = datetime.now(NEW_YORK).date()
    for query in (f"?as_of={today}", f"?as_of={today + timedelta(days=1)}", f"?as_of={ago(days=9).date()}", ""):
        for path in ("/", "/events/one/"):
            address = cited(client.get(prefix + path + query).content.decode())["address"]
            answer = followed(client, address)
            assert (answer.status_code, "as_of" in address) == (200, False)
        document = client.get(f"{prefix}/events.json{query}").json()
        assert followed(client, document["pinned"]).json()["events"] == document["events"]


@pytest.mark.django_db
def test_an_event_is_cited_with_its_day_and_in_the_form_of_reference_managers(client):
    published("one", title="A & B {x}", since=ago(days=20))
    day = ago(days=15).date()
    page = client.get(f"/events/one/?as_of={day}&country=CA").content.decode()
    found = cited(page)
    assert re.fullmatch(rf"http://127.0.0.1:8000/events/one/\?as_of={day}&recorded=[^&]*", found["address"])
    assert f"as known on {day.day} {day:%B %Y}, record of" in found["text"]
    assert read_bibtex(found["BibTeX"])[2]["title"] == r"{A \& B \textbraceleft{}x\textbraceright{}}"
    assert found["RIS"].split("\n")[1] == "TI  - A & B {x}"
    assert f"It tells what the public could know at the end of {day.day} {day:%B %Y}." in page


@pytest.mark.django_db
def test_a_view_says_from_which_day_its_permanent_address_counts(client):
    publish(event("one"), at=ago(days=40))
    day = ago(days=40).astimezone(NEW_YORK).date()
    words = f"What is under way, overdue or still to come is told as of {day.day} {day:%B %Y}."
    assert words in client.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_while_a_deed_is_at_work_a_view_says_that_it_has_no_permanent_address(client):
    publish(event("one"), at=ago(days=2))
    schedule(event("two"), ago(days=1), at=ago(days=1, hours=12))
    caches["process"].clear()
    with psycopg.connect(**address() | {"dbname": connection.settings_dict["NAME"]}) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [RECORD_LOCK])
        unsettled = client.get("/")
    assert "This view has no permanent address at this moment" in unsettled.content.decode()
    assert 'class="cite"' not in unsettled.content.decode()
    after = client.get("/", headers={"If-None-Match": unsettled.headers["ETag"]})
    assert (after.status_code, 'class="cite"' in after.content.decode()) == (200, True)
