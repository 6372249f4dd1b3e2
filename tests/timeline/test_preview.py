"""The staff's preview: a draft on every face as readers would see it, and nothing of it anywhere else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from tests.elements import Elements
from tests.factory import ago, event, published, retitle
from tests.signing import member, signed_in
from timeline.views.preview_links import led
from tracker.models import Revision, User
from tracker.models.record import Term
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
FACES = ("event", "timeline", "embed")
LANGUAGES = ("en", "es", "fr")


@pytest.fixture
def desk(db):
    return signed_in(member("author"))


def face_of(made, face: str, language: str = "en") -> str:
    return f"/admin/preview/{made.pk}/{face}/?lang={language}"


def words(page: str) -> str:
    """What a page says: without tags, addresses and the stretches of white space between."""
    body = re.sub(r"<title>.*?</title>|<head>.*?</head>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def near_today(**more) -> str:
    return (datetime.now(UTC).date() + timedelta(**more)).isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_drawn_as_it_will_be_once_published(desk, client, language):
    published("before", title="Before", date=near_today(days=-40))
    published("after", title="After", date=near_today(days=-10))
    made = event("between", title="Between", texts=LANGUAGES, date=near_today(days=-20))
    previews = {face: desk.get(face_of(made, face, language)).content.decode() for face in FACES}
    publish(made)
    prefix = "" if language == "en" else f"/{language}"
    for face, address in (
        ("event", f"{prefix}/events/between/"),
        ("timeline", f"{prefix}/?event=between"),
        ("embed", f"{prefix}/embed/?event=between"),
    ):
        public = client.get(address).content.decode()
        # The permanent address and the stamp are those of a record that holds the statement.
        public = re.sub(r'(?s)<section id="cite">.*?</section>', "", public)
        public = re.sub(r'(?s)<details class="share" id="cite">.*?</details>\s*</details>', "", public)
        public = re.sub(r"(?s)<footer.*?</footer>", "", public)
        shown = re.sub(r"(?s)<footer.*?</footer>", "", previews[face])
        assert words(shown) == words(public), face


def test_a_draft_stands_in_place_of_the_events_own_statement(desk):
    made = published("moved", title="Old title", date=near_today(days=-20))
    retitle(made, "New title").texts.update(label="New label")
    for face in FACES:
        page = desk.get(face_of(made, face)).content.decode()
        assert ("New title" in page, page.count(f'id="m{made.pk}"') <= 1) == (True, True), face
    timeline = desk.get(face_of(made, "timeline")).content.decode()
    assert (timeline.count(f'id="m{made.pk}"'), "Old title" in timeline) == (1, False)


def test_a_preview_writes_nothing_and_leaves_no_trace_in_public_answers(desk, client):
    published("other", since=ago(days=3))
    made = event("secret", title="Zzsecret", topic="zz-topic", date=near_today(days=-1))
    public = ("/", "/results/", "/events.json", "/embed/", "/?q=zzsecret")
    before = {address: client.get(address) for address in public}
    rows, terms = Revision.objects.count(), Term.objects.count()
    for face in FACES:
        answer = desk.get(face_of(made, face))
        assert ("no-store" in answer["Cache-Control"], "private" in answer["Cache-Control"]) == (True, True)
        assert "ETag" not in answer
    assert (Revision.objects.count(), Term.objects.count()) == (rows, terms)
    for address in public:
        after = client.get(address)
        assert (after.content, after["ETag"]) == (before[address].content, before[address]["ETag"]), address
        assert client.get(address, headers={"If-None-Match": after["ETag"]}).status_code == 304
    caches["process"].clear()
    assert all("Zzsecret" not in client.get(address).content.decode() for address in public[:4])


def test_only_staff_who_may_see_events_see_a_preview(desk):
    made = event()
    addresses = [f"/admin/preview/{made.pk}/", *(face_of(made, face) for face in FACES)]
    without = signed_in(User.objects.create_user("nobody", password="a long password 1", is_staff=True))
    for address in addresses:
        assert desk.get(address).status_code == 200
        assert without.get(address).status_code == 403
        assert Client().get(address).status_code == 302
        assert desk.post(address).status_code == 405


def test_a_face_stands_in_a_frame_of_this_site_alone_and_runs_no_script(desk):
    made = event()
    for face in FACES:
        answer = desk.get(face_of(made, face))
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy
        assert "script-src 'none'" in policy
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert "<script" not in answer.content.decode()


def test_the_frame_offers_faces_languages_and_widths_as_links(desk):
    made = event(title="One")
    page = desk.get(f"/admin/preview/{made.pk}/?face=timeline&lang=fr&width=phone").content.decode()
    found = Elements(page)
    (frame,) = found.of("iframe")
    assert (frame["src"], frame["class"]) == (f"/admin/preview/{made.pk}/timeline/?lang=fr#drawing", "phone")
    chosen = [text for attrs, text in found.links() if attrs.get("aria-current") == "true" and "face=" in attrs["href"]]
    assert chosen == ["On the timeline", "Français", "Phone, 360"]


@pytest.mark.parametrize("query", ["?face=../x", "?lang=xx&width=9", "?face=%00&lang=%00", "?lang=en&lang=de"])
def test_a_choice_that_is_none_is_the_usual(desk, query):
    made = event()
    assert desk.get(f"/admin/preview/{made.pk}/{query}").status_code == 200
    assert desk.get(f"/admin/preview/{made.pk}/event/{query}").status_code == 200


@pytest.mark.parametrize("face", FACES)
def test_a_draft_without_an_english_text_has_nothing_to_preview_and_says_so(desk, face):
    made = event(texts=("es",))
    answer = desk.get(face_of(made, face))
    assert (answer.status_code, "Nothing to preview" in answer.content.decode()) == (404, True)
    assert desk.get(f"/admin/preview/{made.pk}/").status_code == 200


@pytest.mark.parametrize("address", ["999999/", "999999/event/", f"{'9' * 30}/", f"{'9' * 30}/event/", "1/nothing/"])
def test_a_preview_of_nothing_is_not_found(desk, address):
    assert desk.get(f"/admin/preview/{address}").status_code == 404


def test_an_unfinished_draft_is_previewed_as_far_as_it_goes(desk):
    made = event(title="Half", sources=0, countries=[], date="2026-05~")
    for face in FACES:
        assert "Half" in desk.get(face_of(made, face)).content.decode()


def test_links_lead_to_the_draft_within_the_frame_and_else_to_a_new_window():
    page = (
        '<a href="#sources">1</a><a href="/admin/preview/7/event/?lang=es">2</a><a href="/es/events/mine/">3</a>'
        '<a href="/?country=CA&amp;event=mine" target="_blank">4</a><a href="/events/mine-too/">5</a>'
        '<a href="https://example.org/events/mine/" rel="external">6</a><form action="/" method="get">'
    )
    assert led(page, slug="mine", here="/admin/preview/7/event/") == (
        '<a href="#sources">1</a><a href="/admin/preview/7/event/?lang=es">2</a><a href="/admin/preview/7/event/">3</a>'
        '<a href="/admin/preview/7/event/">4</a><a href="/events/mine-too/" target="_blank">5</a>'
        '<a href="https://example.org/events/mine/" rel="external" target="_blank">6</a>'
        '<form action="/" method="get" target="_blank">'
    )
