"""The drawing on the page: what it shows of a small record, and where its links lead."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from tests.factory import ago, event, published
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish

pytestmark = pytest.mark.django_db

WINDOW = "start=2025-01-01&end=2025-12-31"


class Drawing(HTMLParser):
    """The lanes of a page: heading, and of each piece its classes, address and text."""

    def __init__(self, text: str):
        super().__init__()
        self.lanes, self.ids, self.styles, self.links = [], [], 0, []
        self._piece = self._heading = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.styles += "style" in attrs
        if "id" in attrs:
            self.ids.append(attrs["id"])
        self.links += [attrs[name] for name in ("href", "data-hx-get") if attrs.get(name, "").startswith(("/", "?"))]
        if tag == "section" and attrs.get("class") == "lane":
            self.lanes.append({"heading": "", "pieces": []})
        elif tag == "h3" and attrs.get("id", "").startswith("lane-"):
            self._heading = self.lanes[-1]
        elif tag == "li" and self.lanes and re.match(r"r\d", attrs.get("class", "")):
            self._piece = {"classes": attrs["class"].split(), "text": "", "inside": []}
            self.lanes[-1]["pieces"].append(self._piece)
        elif self._piece is not None:
            self._piece["inside"] += attrs.get("class", "").split()
            if tag == "a":
                self._piece |= {"link": attrs, "pill": "pill" in attrs["class"].split()}

    def handle_endtag(self, tag):
        if tag == "h3":
            self._heading = None
        if tag == "li":
            self._piece = None

    def handle_data(self, data):
        if self._heading is not None:
            self._heading["heading"] = f"{self._heading['heading']} {data}".strip()
        if self._piece is not None:
            self._piece["text"] += data

    def headings(self) -> list[str]:
        return [" ".join(lane["heading"].split()) for lane in self.lanes]

    def pieces(self) -> list[dict]:
        return [piece for lane in self.lanes for piece in lane["pieces"]]


def drawing(client, address: str) -> Drawing:
    answer = client.get(address)
    assert answer.status_code == 200
    return Drawing(answer.content.decode())


def said(client, address: str) -> str:
    """What the page says beside its window."""
    page = client.get(address).content.decode()
    return re.search(r'id="window">([^<]*)<', page)[1], re.search(r'id="shown">([^<]*)<', page)[1]


def test_lanes_by_country_are_braided_and_count_their_events(client):
    for number, countries in enumerate((["MX"], ["CA", "US", "MX"], ["CA", "MX"], ["CA"], ["CA", "US"], ["CA"])):
        published(f"event-{number}", countries=countries, date=f"2025-0{number + 1}-05")
    found = drawing(client, f"/?{WINDOW}")
    assert found.headings() == [
        "All three 1 event",
        "Canada 2 events",
        "Canada and U.S. 1 event",
        "Mexico 1 event",
        "Canada and Mexico 1 event",
    ]
    assert [piece["text"] for piece in found.lanes[1]["pieces"]] == [
        "Title of event-3, 5 April 2025, occurred",
        "Title of event-5, 5 June 2025, occurred",
    ]


def test_lanes_by_kind_say_the_countries_after_the_label(client):
    published("one", kind="hearing", countries=["CA", "US"])
    published("two", kind="tariff-action", countries=["CA", "US", "MX"])
    found = drawing(client, f"/es/?{WINDOW}&lanes=kind")
    assert found.headings() == ["Aranceles y controversias 1 evento", "Consultas, audiencias, declaraciones 1 evento"]
    assert [piece["text"].partition(",")[0] for piece in found.pieces()] == ["Title of two", "Title of one CA–US"]


def test_lanes_by_topic_have_the_names_of_the_record(client):
    published("one", topic="steel-and-aluminum")
    assert drawing(client, f"/?{WINDOW}&lanes=topic").headings() == ["Steel and aluminum 1 event"]


def test_the_window_says_how_many_of_the_matching_events_it_shows(client):
    for month in range(1, 8):
        published(f"event-{month}", date=f"2025-0{month}-10", kind="hearing" if month > 5 else "statement")
    assert said(client, "/?start=2025-01-01&end=2025-03-31") == ("January – March 2025", "3 of 7 events")
    assert said(client, "/?start=2025-01-01&end=2025-06-30&kind=hearing") == ("January – June 2025", "1 of 2 events")
    assert said(client, "/?start=2025-01-01&end=2025-01-31&from=2025-06") == ("January 2025", "0 of 2 events")
    assert b"No event of this selection lies in this window." in client.get("/?start=2020-01-01&end=2020-12-31").content


def test_what_is_folded_is_counted_and_every_event_can_be_reached(client):
    for number in range(30):
        published(f"event-{number}", date=f"2025-06-{number % 3 + 10}", title=f"A long title number {number}")
    found = drawing(client, f"/?{WINDOW}")
    pills = [piece for piece in found.pieces() if piece["pill"]]
    marks = [piece for piece in found.pieces() if not piece["pill"]]
    assert len(marks) + sum(int(re.match(r"\d+", pill["text"])[0]) for pill in pills) == 30
    assert len(pills) == 1
    opened = drawing(client, pills[0]["link"]["href"])
    assert sum(len(lane["pieces"]) for lane in opened.lanes) >= len(found.pieces())


def test_a_pill_that_no_window_can_open_lists_its_events(client):
    for number in range(30):
        published(f"event-{number}", date="2025-06-10", title=f"A long title number {number}")
    address, seen = f"/?{WINDOW}", []
    while "from=" not in address:
        seen.append(address)
        assert len(seen) < 5
        address = next(piece for piece in drawing(client, address).pieces() if piece["pill"])["link"]["href"]
    assert "from=2025-06-10&to=2025-06-10" in address
    assert said(client, address)[1] == "30 of 30 events"


def test_every_link_of_the_drawing_leads_somewhere(client):
    for number in range(12):
        published(f"event-{number}", date=f"2025-06-{number + 1:02}", significance=1 + 2 * (number % 2))
    for address in (
        "/",
        f"/fr/?{WINDOW}&lanes=topic&kind=statement",
        "/?start=2999-12-01&end=2999-12-31",
        "/?end=1000-01-20",
    ):
        links = Counter(drawing(client, address).links)
        for link in links:
            if not link.startswith("/static/"):
                assert client.get(link.partition("#")[0]).status_code == 200, (address, link)


def test_an_address_without_a_window_stays_without_one(client):
    published("one", date=ago(days=40).date().isoformat())
    page = client.get("/?kind=statement").content.decode()
    assert 'data-hx-get="/results/?kind=statement" id="zoom-year" aria-current="true"' in page
    assert re.search(r'data-hx-get="/results/\?kind=statement" id="today"', page)
    later = re.search(r'href="([^"]*)"[^>]*id="later"', page)[1].replace("&amp;", "&")
    assert re.fullmatch(r"/\?kind=statement&start=[0-9-]{10}&end=[0-9-]{10}", later)
    # Half a window later, half a window back and today are the address that it started from.
    back = client.get(later).content.decode()
    for link in ("earlier", "today"):
        assert re.search(rf'data-hx-get="/results/\?kind=statement" id="{link}"', back)


def test_an_event_opened_by_its_address_is_in_the_window(client):
    published("old", date="2019-05-05")
    published("new", date=ago(days=4).date().isoformat())
    found = drawing(client, "/?event=old")
    current = [piece for piece in found.pieces() if piece["link"].get("aria-current")]
    assert [piece["text"] for piece in current] == ["Title of old, 5 May 2019, occurred"]
    assert said(client, "/?event=old")[0] == "January 2018 – September 2020"
    # A reader who asks for a window gets it all the same.
    assert said(client, f"/?event=old&{WINDOW}")[0] == "2025"


def test_a_row_of_the_list_moves_a_window_that_does_not_show_its_event(client):
    published("old", date="2019-05-05")
    published("new", date="2025-05-05")
    page = client.get(f"/?{WINDOW}").content.decode()
    assert 'data-open="/results/?start=2025-01-01&amp;end=2025-12-31&amp;event=EVENT"' in page
    own = dict(re.findall(r'<a id="a\d+" href="/events/(\w+)/"(?: data-hx-get="([^"]*)")?', page))
    assert own == {"old": "/results/?start=2018-11-01&amp;end=2019-10-31&amp;event=old", "new": ""}


def test_marks_show_status_and_moved_dates(client):
    for slug, status in (("held", "occurred"), ("off", "cancelled"), ("put-off", "postponed"), ("missed", "expected")):
        published(slug, status=status, date="2025-03-10")
    moved = event("moved", date="2025-09-20")
    AnnouncedDate.objects.create(event=moved, date="2025-06-01", announced_on="2025-01-10")
    publish(moved)
    pieces = {piece["text"].split(",")[0]: piece for piece in drawing(client, f"/?{WINDOW}").pieces()}
    looks = {name.removeprefix("Title of "): piece["classes"][2] for name, piece in pieces.items()}
    assert looks == {"held": "full", "off": "struck", "put-off": "dashed", "missed": "hollow", "moved": "full"}
    assert "day passed, no outcome on record" in pieces["Title of missed"]["text"]
    assert pieces["Title of moved"]["text"].endswith("date moved")
    assert {"ghost", "arrow"} <= set(pieces["Title of moved"]["inside"])
    assert "ghost" not in pieces["Title of held"]["inside"]


def test_as_of_a_day_the_line_of_now_is_that_day(client):
    published("one", since=ago(days=20), date=ago(days=21).date().isoformat())
    page = client.get(f"/?as_of={ago(days=10).date()}").content.decode()
    assert "<b>Today</b>" not in page
    day = ago(days=10).date()
    assert f"{day.day} {day:%b} {day.year}</span>" in page
    assert "<b>Today</b>" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("start=2026-01-01&end=2025-01-01", "end", "from 7 days to 60 years after 2026-01-01"),
        ("start=1000-01-01&end=2999-12-31", "end", "from 7 days to 60 years after 1000-01-01"),
        ("start=2026-01-01&end=2026-01-02", "end", "from 7 days to 60 years after 2026-01-01"),
        ("start=soon", "start", "a day like 2025-09-17"),
        ("lanes=planet", "lanes", "country, kind, topic"),
        ("w=huge", "w", "s, m, l"),
    ],
)
def test_a_window_that_cannot_be_drawn_is_refused_in_words(client, query, name, words):
    for path in ("/results/",) if name == "w" else ("/", "/results/", "/embed/"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert f"<code>{name}=" in answer.content.decode()
        assert words in answer.content.decode()


def test_the_drawing_holds_no_style_of_its_own_and_each_id_once(client):
    for number in range(9):
        published(f"event-{number}", date="2025-06-10")
    for address in ("/", f"/?{WINDOW}&event=event-1", "/events/event-1/"):
        found = drawing(client, address)
        assert found.styles == 0
        assert [name for name, times in Counter(found.ids).items() if times > 1] == []


def test_a_label_without_translation_is_marked_as_english(client):
    published("one", texts=("en",))
    published("two", texts=("en", "fr"), date="2025-07-01")
    links = [piece["link"] for piece in drawing(client, f"/fr/?{WINDOW}").pieces()]
    assert [link.get("lang") for link in links] == ["en", None]


def test_labels_are_fitted_for_the_width_that_the_fragment_is_asked_for(client):
    for number in range(12):
        published(f"event-{number}", date=f"2025-0{number % 6 + 1}-10", title="As long as it may be, so")
    wide, small = (drawing(client, f"/results/?{WINDOW}{w}") for w in ("", "&w=s"))
    assert wide.lanes[0]["heading"] == small.lanes[0]["heading"]
    assert [piece["classes"][0] for piece in wide.pieces()] != [piece["classes"][0] for piece in small.pieces()]
    tags = [client.get(f"/results/?{WINDOW}{w}").headers["ETag"] for w in ("", "&w=s")]
    assert tags[0] != tags[1]
    assert client.get(f"/results/?{WINDOW}&w=s").headers["HX-Push-Url"] == f"/?{WINDOW}"


def test_an_event_stands_among_those_of_its_countries(client):
    for number, countries in enumerate((["CA"], ["CA"], ["CA", "US"], ["CA"])):
        published(f"event-{number}", countries=countries, date=f"2025-06-0{number + 1}")
    page = client.get("/events/event-1/").content.decode()
    found = Drawing(page)
    assert found.headings() == ["Canada 3 events"]
    assert [piece["link"]["href"] for piece in found.pieces()] == [f"/events/event-{n}/" for n in (0, 1, 3)]
    assert not any("data-hx-get" in piece["link"] for piece in found.pieces())
    assert re.search(r'rel="prev" href="/events/event-0/"', page)
    assert re.search(r'rel="next" href="/events/event-3/"', page)
    assert 'href="/?event=event-1">June 2025</a>' in page


def test_a_filter_that_is_open_on_one_side_shows_all_its_events(client):
    published("far", date="2036-07-01", status="expected")
    published("farther", date="2039-03", status="expected")
    published("old", date="2018-11-30")
    assert "July 2036 – March 2039" in client.get("/?from=2030").content.decode()
    assert "June 2018 – May 2019" in client.get("/?to=2020").content.decode()
