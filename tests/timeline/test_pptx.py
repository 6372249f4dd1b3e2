"""/events.pptx, read back by a parser of XML that knows nothing of the library that wrote it."""

import io
import json
import re
import shutil
import subprocess
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from tests.factory import ago, change, cite, event, published
from timeline.formats.pptx.pen import NAMESPACES, Run, breadth, clean, lines, paragraph, shortened
from tracker.models.catalogue import Topic
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
WIDTH, HEIGHT = 12_192_000, 6_858_000
DRAWN = {f"{P}{name}" for name in ("sp", "grpSp", "cxnSp", "graphicFrame", "pic")}


class Deck:
    """What a stranger finds in a presentation."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            self.parts = {name: archive.read(name) for name in archive.namelist()}
            self.times = {info.date_time for info in archive.infolist()}
        order = etree.fromstring(self.parts["ppt/presentation.xml"]).find(f"{P}sldIdLst")
        self.slides = [self.xml(f"ppt/slides/slide{number}.xml") for number in range(1, len(order) + 1)]

    def xml(self, name: str):
        return etree.fromstring(self.parts[name])

    @property
    def titles(self) -> list[str]:
        return [
            "".join(one.itertext(f"{A}t"))
            for slide in self.slides
            for one in slide.iter(f"{P}sp")
            if one.find(f".//{P}ph[@type='title']") is not None or one.find(f".//{P}ph[@type='ctrTitle']") is not None
        ]

    def notes(self, number: int) -> str:
        return text(self.xml(f"ppt/notesSlides/notesSlide{number}.xml"))

    @property
    def all_notes(self) -> str:
        return "\n".join(text(self.xml(name)) for name in self.parts if name.startswith("ppt/notesSlides/notesSlide"))


def text(element) -> str:
    return "\n".join("".join(one.itertext(f"{A}t")) for one in element.iter(f"{A}p"))


def read(client, address: str = "/events.pptx") -> Deck:
    answer = client.get(address)
    assert answer.status_code == 200
    return Deck(answer.content)


@pytest.fixture
def record():
    """Three months, one of them with more events than one slide has room for; one event ahead that moved."""
    published("first", title="First step", date="2025-03-04", significance=3, kind="review-milestone", sources=2)
    for number in range(9):
        title = f"Busy {number}: " + "much that was said of it at length, and then again " * 2
        published(
            f"busy-{number}", title=title.strip(), date=f"2025-09-{number + 10}", kind="hearing", since=ago(days=9)
        )
    moved = event("ahead", title="Still ahead", date="2027-07~", status="expected", countries=["CA", "US", "MX"])
    AnnouncedDate.objects.create(event=moved, date="2027-05-01", announced_on="2026-01-01")
    publish(moved, since=ago(days=8))


def test_the_slides_are_the_situation_the_axis_each_month_and_how_to_cite(client, record):
    titles = read(client).titles
    assert titles[0] == "The joint review of the USMCA: where it stands"
    assert re.fullmatch(r"\w+ \d{4} – \w+ \d{4}", titles[1])
    assert titles[2:] == [
        "March 2025",
        "September 2025 (1 of 2)",
        "September 2025 (2 of 2)",
        "July 2027",
        "How to cite",
    ]
    assert read(client, "/events.pptx?order=newest").titles[2:4] == ["July 2027", "September 2025 (1 of 2)"]


def test_the_slides_of_the_months_tell_each_event_of_the_query_once(client, record):
    for query in ("", "?kind=hearing", "?limit=3", "?order=significance"):
        wanted = [one["title"] for one in json.loads(client.get(f"/events.json{query}").content)["events"]]
        deck = read(client, f"/events.pptx{query}")
        tables = [table for slide in deck.slides for table in slide.iter(f"{A}tbl")]
        rows = [row for table in tables for row in list(table.iter(f"{A}tr"))[1:]]
        # The title ends with the numbers of its sources.
        found = [re.sub(r" [\d,–\u00a0\u2060]+$", "", text(row[1]).split("\n")[0]) for row in rows]
        assert sorted(found) == sorted(wanted), query


def test_an_event_is_told_with_its_date_its_standing_its_countries_and_where_its_date_came_from(client, record):
    deck = read(client, "/events.pptx?status=expected")
    (table,) = deck.slides[2].iter(f"{A}tbl")
    head, row = ([text(cell) for cell in row.iter(f"{A}tc")] for row in table.iter(f"{A}tr"))
    assert head == ["Date", "Event", "Countries", "Kind and sources"]
    assert row[0] == "About July 2027"
    assert row[1].split("\n")[:2] == ["Still ahead 1", "Expected. First set for 1 May 2027."]
    assert (row[2], row[3]) == ("CA · US · MX", "□ Statement\n1 source")


def test_the_notes_name_every_source_with_publisher_title_and_address(client):
    made = event("one", sources=0, date="2025-03-04")
    cite(made, "https://example.org/a", publisher="Official Gazette", title="Décision", language="fr", tier="primary")
    cite(made, "https://example.org/b", title="", published="2025-03-05")
    made.citations.filter(source__title="").update(quote="Word for word.")
    publish(made)
    deck = read(client)
    notes = deck.notes(3)
    assert "1. Official Gazette, “Décision”, no date seen (Official, French). https://example.org/a" in notes
    assert "2. Example Gazette, no title seen on the page, 5 March 2025 (Press). https://example.org/b" in notes
    assert "“Word for word.”" in notes and "Summary of one in en." in notes
    # The title of a source is in the language of the source.
    runs = {
        "".join(run.itertext()): run.find(f"{A}rPr").get("lang")
        for run in deck.xml("ppt/notesSlides/notesSlide3.xml").iter(f"{A}r")
    }
    assert runs["Décision"] == "fr-CA"


def test_nothing_leaves_the_slide_and_whatever_is_drawn_has_alternative_text_or_only_decorates(client, record):
    deck = read(client)
    for slide in deck.slides:
        for place in slide.iter(f"{A}xfrm", f"{P}xfrm"):
            off, ext = place.find(f"{A}off"), place.find(f"{A}ext")
            left, top, wide, tall = (
                int(one.get(key)) for one, key in ((off, "x"), (off, "y"), (ext, "cx"), (ext, "cy"))
            )
            assert min(left, top, wide, tall) >= 0 and left + wide <= WIDTH and top + tall <= HEIGHT
        for frame in slide.iter(f"{P}graphicFrame"):
            tall = int(frame.find(f"{P}xfrm/{A}ext").get("cy"))
            assert abs(sum(int(row.get("h")) for row in frame.iter(f"{A}tr")) - tall) < 20
        ids = [one.get("id") for one in slide.iter(f"{P}cNvPr")]
        assert len(ids) == len(set(ids))
        for shape in slide.find(f"{P}cSld/{P}spTree").iter(*DRAWN):
            about = shape.find(f"*/{P}cNvPr")
            words = shape.tag == f"{P}sp" and text(shape).strip()
            decorates = about.find(f".//{DECORATIVE}") is not None
            assert about.get("name") and (words or about.get("descr") or decorates), etree.tostring(shape)[:300]


def test_the_axis_is_of_shapes_that_can_be_edited_a_group_for_each_event_with_its_words(client, record):
    deck = read(client)
    axis = deck.slides[1]
    assert not list(axis.iter(f"{P}pic"))
    groups = {one.find(f"*/{P}cNvPr").get("name"): one for one in axis.iter(f"{P}grpSp")}
    # The window around today does not reach back to the first event.
    ahead = groups["Still ahead"]
    assert (
        ahead.find(f"*/{P}cNvPr").get("descr")
        == "Still ahead, about July 2027. Expected. Canada, United States, Mexico."
    )
    marks = [one for one in ahead.iter(f"{P}sp") if one.find(f"*/{P}cNvPr").get("name") == "Mark"]
    now, earlier = sorted(marks, key=lambda one: one.find(f".//{A}prstDash") is not None)
    assert [one.find(f".//{A}prstGeom").get("prst") for one in marks] == ["rect", "rect"]
    assert now.find(f"{P}spPr/{A}solidFill/{A}schemeClr").get("val") == "bg1"  # hollow: expected
    assert earlier.find(f".//{A}prstDash").get("val") == "sysDash"  # an earlier date


def test_an_axis_that_has_no_room_for_all_says_how_many_it_draws(client):
    for number in range(20):
        countries = (["CA"], ["US"], ["MX"], ["CA", "US"], ["US", "MX"])[number % 5]
        weight = number % 3 + 1
        published(f"e-{number}", date="2026-05-05", countries=countries, significance=weight, since=ago(days=2))
    deck = read(client, "/events.pptx?start=2026-01-01&end=2026-12-31")
    drawn = int(re.search(r"(\d+) of 20 events in this window are drawn", deck.notes(2))[1])
    told = [tuple(map(int, found)) for found in re.findall(r"^(\d+) of (\d+) events$", text(deck.slides[1]), re.M)]
    whole = [int(found) for found in re.findall(r"^(\d+) events?$", text(deck.slides[1]), re.M)]
    assert 8 < drawn < 20
    assert sum(all_ for _drawn, all_ in told) + sum(whole) == 20
    assert sum(some for some, _all in told) + sum(whole) == drawn


def test_no_mark_of_a_crowded_axis_is_without_its_name_and_an_empty_window_says_so(client):
    for number in range(48):
        published(
            f"e-{number}", title=f"A label of the usual length {number}", significance=number % 3 + 1,
            date=f"2025-{number * 5 % 12 + 1:02}-{number * 7 % 28 + 1:02}", since=ago(days=2),
            countries=(["CA"], ["US"], ["MX"], ["CA", "US"], ["US", "MX"], ["CA", "US", "MX"])[number % 6],
        )  # fmt: skip
    axis = read(client, "/events.pptx?start=2024-06-01&end=2026-06-30").slides[1]
    groups = [one for one in axis.iter(f"{P}grpSp") if "2025." in (one.find(f"*/{P}cNvPr").get("descr") or "")]
    assert groups
    assert [one.find(f"*/{P}cNvPr").get("name") for one in groups if not text(one).strip()] == []
    assert "No event of this selection lies in this window." in text(
        read(client, "/events.pptx?start=2019-01-01&end=2019-12-31").slides[1]
    )


def test_each_run_is_in_a_language_and_a_text_without_translation_is_marked_as_english(client):
    published("one", texts=("en",), date="2025-03-04")
    deck = read(client, "/fr/events.pptx")
    runs = [run for slide in deck.slides for run in slide.iter(f"{A}r", f"{A}fld")]
    assert {run.find(f"{A}rPr").get("lang") for run in runs} == {"fr-CA", "en-US"}
    english = ["".join(run.itertext(f"{A}t")) for run in runs if run.find(f"{A}rPr").get("lang") == "en-US"]
    assert {"Title of one", "Summary of one in en."} <= set(english)
    assert deck.titles[2] == "Mars 2025"


def test_the_same_record_gives_the_same_bytes_and_no_time_but_that_of_the_record(client, record):
    pinned = json.loads(client.get("/events.json").content)["pinned"].replace(".json", ".pptx")
    address = pinned.removeprefix("http://127.0.0.1:8000")
    first = client.get(address).content
    publish(change(event("later"), date="2025-03-09"))
    assert client.get(address).content == first
    deck = Deck(first)
    core = deck.xml("docProps/core.xml")
    said = {etree.QName(one).localname: one.text for one in core}
    assert (said["language"], said["title"]) == ("en-US", "The joint review of the USMCA: where it stands")
    assert said["created"] == said["modified"] == re.search(r"recorded=([^.&]+)", address)[1].replace("%3A", ":") + "Z"
    assert len(deck.times) == 1
    assert not [name for name in deck.parts if "thumbnail" in name or "printer" in name.lower()]


def test_whatever_a_title_holds_the_file_is_well_formed_and_says_it(client):
    hostile = "</a:t><script>&amp; \u200f\u05d0 \U0001f600 " + "W" * 60
    published("one", title=hostile, date="2025-03-04", significance=3)
    deck = read(client)
    assert "</a:t><script>&amp; \u200f\u05d0 \U0001f600 WW" in text(deck.slides[2])
    assert hostile in deck.notes(3)


def test_what_xml_cannot_hold_is_in_no_part_nor_in_the_properties(client):
    name = "A\x01\x1f\ufffe\uffff topic"
    Topic.objects.create(slug="odd", name_en=name)
    published("one", title=name, topic="odd")
    deck = read(client, "/events.pptx?topic=odd")
    assert "A  topic" in "".join(deck.xml("docProps/core.xml").itertext())


def test_a_word_of_any_length_is_broken_at_once():
    word = "W" * 20_000
    assert "".join(lines(word, 12, 300)) == word
    assert shortened(word, 12, 300, 2).endswith("W…")


def test_a_selection_without_events_is_a_deck_that_says_so(client):
    deck = read(client)
    assert deck.titles == ["The joint review of the USMCA: where it stands", "How to cite"]
    assert "0 events" in text(deck.slides[0])


@given(st.text())
def test_any_text_is_a_run_that_can_be_read_back(words):
    root = etree.fromstring(f"<root {NAMESPACES}>{paragraph(Run(words))}</root>")
    assert "".join(root.itertext()) == clean(words)
    assert clean(clean(words)) == clean(words)


@given(st.text(max_size=200), st.integers(30, 400), st.integers(1, 4))
def test_what_is_shortened_fits_and_what_fits_is_not_shortened(words, room, most):
    made = shortened(words, 12, room, most)
    assert len(lines(made, 12, room)) <= most or made == "…"
    if len(lines(words, 12, room)) <= most:
        assert made == clean(words)
    assert all(breadth(line, 12) <= room or len(line) == 1 for line in lines(made, 12, room))


@pytest.mark.long
def test_libreoffice_shows_as_many_pages_as_there_are_slides(client, record, tmp_path):
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not on this machine.")
    content = client.get("/fr/events.pptx").content
    (tmp_path / "deck.pptx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "deck.pptx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = PdfReader(tmp_path / "deck.pdf").pages
    assert len(pages) == len(Deck(content).slides)
    assert "First step" in pages[2].extract_text()
