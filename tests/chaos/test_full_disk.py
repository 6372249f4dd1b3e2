"""A disk without a free byte: editors are told that nothing was saved, readers read on, nothing is there by half, and
all goes on by itself once there is room."""

import json
import urllib.request
from urllib.parse import quote

import psycopg
import pytest

from tests.admin_form import fields_of
from tests.chaos.editor import SIGN_IN, Editor, Lost, deed, import_file, patiently, save
from tests.chaos.small_disk import filled, small_disk
from tests.chaos.soundness import faults_of
from tests.chaos.whole_site import WholeSite, until, whole_site
from tests.imports import csv_file, new_row
from tests.serving import status
from tracker.database.embedded import Embedded

pytestmark = [pytest.mark.database, pytest.mark.long]
EVENT = """
from tests.factory import published
print(published("one", title="At first.").pk)
"""
PAGES = ("/", "/events.json", "/es/events/one/", "/events.ics", "/embed/")
TRIES = 400  # Each writes some kilobytes: the room that the database has made for itself is used up before.
WORDS = (
    "The database has no room left: it takes no changes until an administrator has made room.",
    "The database cannot be reached at the moment. It comes back by itself, mostly within seconds.",
)
SUMMARY = "Words that nobody wants to type again. " * 20


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "disk", 400) as folder:
        yield folder


def test_a_full_disk_under_the_database_takes_nothing_from_readers_and_leaves_nothing_by_half(disk):
    with whole_site(disk, LOG_LEVEL="CRITICAL") as site:
        event = int(site.shell(EVENT))
        editor = Editor(site.origin, site.shell(SIGN_IN.format(role="editor", name="editor")))
        assert statuses(site) == [200] * len(PAGES)
        form = fields_of(editor.open(change(event)))
        with filled(disk):
            last = saved_until_refused(editor, event)
            sent = editor.send(change(event), form | {"texts-0-title": "Not to be lost.", "_save": "Save"})
            with pytest.raises(Lost):
                deed(editor, event, "publish", reason="Full.")
            with pytest.raises(Lost):
                import_file(editor, "full.csv", csv_file(*(new_row(slug=f"full-{n}") for n in range(500))))
            read = statuses(site)
        seconds = until(lambda: status(f"{site.origin}/health/ready") == 200)
        print(f"\n{last + 1} saves until the disk took no more; ready {seconds:.1f} s after there was room again")
        assert (sent.status_code, sum(words in sent.words for words in WORDS)) == (503, 1)
        assert "Not to be lost." in sent.content.decode()
        assert read == [200] * len(PAGES)
        # The answer to one more may have been lost.
        assert title(site, event) in {f"Title {last}." if last >= 0 else "At first.", f"Title {last + 1}."}
        assert site.value("select count(*) from tracker_event where slug like 'full%'") == 0
        patiently(lambda: save(editor, event, **{"texts-0-title": "There is room."}))
        deed(editor, event, "publish", reason="There is room.")
        assert (title(site, event), faults_of(site)) == ("There is room.", {})


def test_a_full_disk_under_the_answers_that_are_kept_fails_nobody(disk, tmp_path):
    server = Embedded(tmp_path / "pg")
    try:
        with psycopg.connect(**server.ensure(), dbname="postgres", autocommit=True) as connection:
            connection.execute("create database tracker")
        address = f"postgres://postgres@{quote(server.address()['host'], safe='')}:{server.address()['port']}/tracker"
        with whole_site(disk, DATABASE_URL=address) as site:
            event = int(site.shell(EVENT))
            editor = Editor(site.origin, site.shell(SIGN_IN.format(role="editor", name="editor")))
            with filled(disk):
                read = [statuses(site, f"?q=word{number}") for number in range(5)]
                save(editor, event, **{"texts-0-title": "Saved."})
                deed(editor, event, "publish", reason="Published.")
            assert read == [[200] * len(PAGES)] * 5
            with urllib.request.urlopen(f"{site.origin}/events.json", timeout=20) as answer:
                assert [one["title"] for one in json.load(answer)["events"]] == ["Saved."]
    finally:
        server.stop()


def saved_until_refused(editor: Editor, event: int) -> int:
    """Saves again and again until it is refused three times; gives the number of the last that was acknowledged."""
    last, refused = -1, 0
    for number in range(TRIES):
        try:
            save(editor, event, **{"texts-0-title": f"Title {number}.", "texts-0-summary": SUMMARY})
            last = number
        except Lost:
            refused += 1
            if refused == 3:
                return last
    raise AssertionError(f"{TRIES} saves found room on a full disk")


def change(event: int) -> str:
    return f"/admin/tracker/event/{event}/change/"


def title(site: WholeSite, event: int) -> str:
    return site.value("select title from tracker_eventtext where event_id = %s and language = 'en'", [event])


def statuses(site: WholeSite, query: str = "") -> list[int]:
    return [status(f"{site.origin}{page}{query}") for page in PAGES]
