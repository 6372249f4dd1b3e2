"""The drawing as a file, and the pictures for links, asked for as a reader would."""

import io
from datetime import UTC, datetime

import pytest
from lxml import etree
from PIL import Image

from tests.factory import ago, change, event, published
from tracker.publishing import publish, retract

pytestmark = pytest.mark.django_db
NS = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def record():
    return [
        published("joint-review", title="First joint review", date="2026-07-01", countries=["CA", "US", "MX"],
                  kind="review-milestone", significance=3, texts=("en", "es"), since=ago(days=3)),
        published("dairy", title="Dairy <hearing> & more", date="2026-03-02", kind="hearing", sources=3,
                  since=ago(days=3)),
    ]  # fmt: skip


def image(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    return answer.content


def svg(client, path):
    return etree.fromstring(client.get(path).content)


def texts(root):
    return [one.text for one in root.iter(f"{NS}text")]


WINDOW = "start=2026-01-01&end=2026-12-31"


def test_the_drawing_links_its_events_and_says_what_it_is_of(client, record):
    root = svg(client, f"/events.svg?country=CA&{WINDOW}")
    assert sorted(one.get("href") for one in root.iter(f"{NS}a")) == [
        "http://127.0.0.1:8000/events/dairy/",
        "http://127.0.0.1:8000/events/joint-review/",
    ]
    said = texts(root)
    assert said[:2] == ["USMCA joint review", "Canada"]
    assert "Dairy <hearing> & more" in said
    assert [text for text in said if text.startswith("Permanent address: http://127.0.0.1:8000/?country=CA&start=")]


def test_the_drawing_honours_lanes_window_theme_and_language(client, record):
    root = svg(client, f"/es/events.svg?lanes=kind&theme=dark&{WINDOW}")
    assert root.get("lang") == "es"
    assert next(root.iter(f"{NS}rect")).get("fill") == "#12171b"
    assert [one.get("lang") for one in root.iter(f"{NS}a")] == [None, "en"]
    assert len([*root.iter(f"{NS}g")]) == 2
    assert "First joint review" not in texts(svg(client, "/events.svg?start=2020-01-01&end=2021-12-31"))


def test_links_are_drawn_and_deadlines_said_to_be_left_out(client, record):
    plain, layered = (texts(svg(client, f"/events.svg?{WINDOW}{more}")) for more in ("", "&layers=deadlines,links"))
    note = "The layer of legal deadlines is not drawn in files."
    assert (note in " ".join(plain), note in " ".join(layered)) == (False, True)


def test_a_pinned_drawing_stays_the_same(client, record):
    pin = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    before = client.get(f"/events.svg?recorded={pin}").content
    publish(change(record[0], status="cancelled"), reason="Called off.")
    assert client.get(f"/events.svg?recorded={pin}").content == before
    assert client.get("/events.svg").content != before


def test_the_picture_of_the_drawing_has_two_pixels_for_each(client, record):
    root = svg(client, f"/events.svg?{WINDOW}")
    size = Image.open(io.BytesIO(image(client, f"/events.png?{WINDOW}"))).size
    assert size == (2480, 2 * int(root.get("height")))


@pytest.mark.parametrize("path", ("picture.png", "events/dairy/picture.png", "events/joint-review/picture.png"))
def test_pictures_for_links_are_of_the_size_that_sites_expect_and_small(client, record, path):
    found = {language: image(client, f"/{language}{path}") for language in ("", "es/", "fr/")}
    assert {Image.open(io.BytesIO(one)).size for one in found.values()} == {(1200, 630)}
    assert [len(one) for one in found.values() if len(one) > 100_000] == []
    assert len(set(found.values())) == 3
    assert image(client, f"/{path}") == found[""]
    assert image(client, f"/{path}?theme=dark") != found[""]


def test_the_picture_of_a_view_follows_the_filter_and_the_moment(client, record):
    whole = image(client, "/picture.png")
    assert image(client, "/picture.png?q=dairy") != whole
    assert image(client, "/picture.png?as_of=2020-01-01") != whole


def test_an_event_that_is_none_or_was_retracted_has_no_picture(client, record):
    none = client.get("/events/nothing/picture.png")
    assert (none.status_code, none["Content-Type"]) == (404, "text/plain; charset=utf-8")
    earlier = client.get("/events/dairy/picture.png?as_of=2020-01-01")
    assert earlier.status_code == 404
    retract(record[1], reason="Not true.")
    gone = client.get("/events/dairy/picture.png")
    assert (gone.status_code, gone["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert gone.content.decode().startswith("This event was taken off the record.")


def test_an_earlier_address_of_an_event_leads_to_its_picture(client):
    made = event("new-name")
    change(made, former_slugs=["old-name"])
    publish(made)
    answer = client.get("/events/old-name/picture.png?theme=dark")
    assert (answer.status_code, answer["Location"]) == (301, "/events/new-name/picture.png?theme=dark")


@pytest.mark.parametrize("title", ("‮Revue‬ conjointe", "A\u000b\u001bB", "😀 " * 60, "x" * 120))
def test_any_title_has_a_picture(client, title):
    made = event("odd", title=title[:120])
    publish(made)
    assert Image.open(io.BytesIO(image(client, "/events/odd/picture.png"))).size == (1200, 630)
    assert len(svg(client, "/events.svg?start=2025-01-01&end=2025-12-31")) > 3
