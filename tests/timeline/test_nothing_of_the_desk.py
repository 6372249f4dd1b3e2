"""No face shows anything of the desk: a marker in every draft field, and every face searched for it."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from tests.factory import cite, event
from timeline.formats.registry import FORMATS
from tracker.models.catalogue import Actor, Place, Topic
from tracker.models.desk import Act, AnnouncedDate, EventTopic, Link, Participation
from tracker.models.remark import Remark
from tracker.models.rules import Rule
from tracker.models.sharing import NamedEmbed, Webhook
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
MARKER = "zzmarker"
RULE = "zzrule"  # rules are public, but for whose they are
LANGUAGES = ("en", "es", "fr")


def names(field="name"):
    return {f"{field}_{code}": f"{MARKER} {field} {code}" for code in LANGUAGES}


def mark(made, other):
    """Put the marker into every field of the event that holds words, and a row into every table that hangs on it."""
    made.desk_note = f"{MARKER} note"
    made.place = Place.objects.create(slug=f"{MARKER}-place", **names())
    citations = {f"citation_{code}": RULE for code in LANGUAGES}
    made.rule = Rule.objects.create(slug=RULE, address=f"https://example.org/{RULE}", **citations)
    made.save()
    for code in LANGUAGES:
        words = {"title": MARKER, "label": MARKER, "summary": MARKER, "note": MARKER}
        made.texts.update_or_create(language=code, defaults={**words, "state": "draft"})
    topic = Topic.objects.create(slug=f"{MARKER}-topic", **names())
    EventTopic.objects.create(event=made, topic=topic, position=9)
    actor = Actor.objects.create(slug=f"{MARKER}-actor", variants=[MARKER], **names())
    Participation.objects.create(event=made, actor=actor, **names("role"))
    url = f"https://example.org/{MARKER}"
    source = cite(made, url, publisher=MARKER, title=MARKER, archived_url=f"{url}/kept")
    made.citations.filter(source=source).update(quote=MARKER, locator=MARKER)
    today = datetime.now(UTC).date()
    AnnouncedDate.objects.create(event=made, date="2031-01-01", announced_on=today, source=source, **names("note"))
    said = {"country": "CA", "actor": actor, "source": source, "quote": MARKER, "said_on": today}
    Remark.objects.create(event=made, **said, **names("words"))
    Act.objects.create(event=made, what="review-held", day=date(2025, 6, 1), note=MARKER)
    Link.objects.create(event=made, to=other, type="follows")


def test_no_face_shows_a_draft_or_an_edit_that_is_not_published(client):
    other = event("other")
    publish(other)
    edited = event("edited")
    publish(edited)
    mark(edited, other)
    draft = event(f"{MARKER}-draft")
    draft.texts.update(title=MARKER, summary=MARKER, label=MARKER)
    faces = ["", "results/", "events/edited/", "events/other/", "events/edited/card/", "events.json", "embed/"]
    faces += ["changes/", "redline/", "slips/", "corrections/", "about/", "accessibility/", "privacy/"]
    faces += ["events/edited/timemap/"]
    clock = ["clock/", "clock/results/"]
    queries = ["", f"?q={MARKER[:5]}", "?event=edited", "?order=significance", "?as_of=" + date.today().isoformat()]
    for prefix in ("/", "/es/", "/fr/"):
        for face in [*faces, *clock]:
            for query in queries:
                answer = client.get(prefix + face + query)
                page = answer.content.decode().replace(f'value="{MARKER[:5]}"', "")
                assert answer.status_code == 200, prefix + face + query
                assert MARKER not in page, prefix + face + query
                assert face in clock or RULE not in page, prefix + face + query
        for face in (f"events/{MARKER}-draft/", f"events/{MARKER}-draft/card/"):
            assert client.get(prefix + face).status_code == 404
        for parameter in ("topic", "actor"):
            answer = client.get(f"{prefix}?{parameter}={MARKER}-{parameter}")
            assert answer.status_code == 400
            assert f"{MARKER} name" not in answer.content.decode()


def unpacked(body: bytes) -> str:
    """All that a file holds, the members of an archive and the pages of a PDF included."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return " ".join(unpacked(archive.read(name)) for name in archive.namelist())
    if body.startswith(b"%PDF"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


FILES = [f"events.{extension}" for extension in FORMATS if extension != "png"]
FILES += ["feed.atom", "feed.json", "changes.atom", "changes.json", "share/", "sitemap.xml", "api/v1/", "embed/named/"]
FILES += [f"api/v1/{name}/" for name in ("events", "events/edited", "changes", "clock", "vocabulary")]


def test_no_file_feed_or_answer_for_programs_shows_a_draft_or_an_edit_that_is_not_published(client):
    other = event("other")
    publish(other)
    edited = event("edited")
    publish(edited)
    mark(edited, other)
    NamedEmbed.objects.create(name="named", note=MARKER)
    Webhook.objects.create(address=f"https://example.org/{MARKER}", note=MARKER, secret=f"whsec_{MARKER}")
    event(f"{MARKER}-draft", title=MARKER)
    for face in FILES:
        path = f"/{face}" if face.startswith(("api/", "sitemap")) else f"/fr/{face}"
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, path
        assert MARKER not in unpacked(body), path


def test_the_marker_is_found_once_it_is_published(client):
    other = event("other")
    publish(other)
    edited = event("edited")
    publish(edited)
    mark(edited, other)
    publish(edited)
    for prefix in ("/", "/es/", "/fr/"):
        for face in ("", "events/edited/", "events.json"):
            assert MARKER in client.get(prefix + face).content.decode()
