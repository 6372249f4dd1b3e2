"""/events.zip: whole as it leaves, the same events as every other face, checked without us."""

import csv
import hashlib
import io
import json
import re
import subprocess
import zipfile

import pytest
from lxml import html

from tests.factory import ago, cite, event, published, remark
from timeline.formats.zip.page import STYLE
from tracker import evidence
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
ORIGIN = "http://127.0.0.1:8000"


def unpacked(client, address: str = "/events.zip") -> dict[str, bytes]:
    answer = client.get(address)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def record():
    for number in range(3):
        made = event(f"event-{number}", date=f"2025-0{number + 3}-04", texts=("en", "es"), sources=number)
        cite(made, "https://example.org/shared", title="Shared", archived_url="https://archive.org/x")
        made.citations.filter(source__title="Shared").update(quote="=SUM(1)")
        remark(made, "CA")
        publish(made, since=ago(days=9 - number))


def test_a_pack_passes_the_command_and_the_program_sha256sum(client, record, tmp_path):
    content = client.get("/es/events.zip?limit=2").content
    verdict = evidence.verify(io.BytesIO(content))
    assert (verdict.faults, verdict.events, verdict.files) == ((), 2, 9)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "-c", "MANIFEST.sha256"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.count(": OK") == 8
    (tmp_path / "index.html").write_bytes(b"changed")
    assert subprocess.run(["sha256sum", "-c", "MANIFEST.sha256"], cwd=tmp_path, capture_output=True).returncode == 1


def test_the_data_are_those_of_the_json_face_and_their_hashes_hold_against_the_permanent_answer(client, record):
    for query in ("", "?country=CA&order=oldest", "?limit=1"):
        files = unpacked(client, f"/es/events.zip{query}")
        manifest, told = json.loads(files["manifest.json"]), json.loads(files["events.json"])
        live = json.loads(client.get(f"/es/events.json{query}").content)["events"]
        assert told["events"] == live
        later = json.loads(client.get(manifest["permanent_data"].removeprefix(ORIGIN)).content)["events"]
        canonical = [json.dumps(one, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for one in later]
        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in canonical]
        assert [one["content_sha256"] for one in manifest["events"]] == hashes
        assert manifest["number_of_events"] == len(live)
        table = csv.DictReader(io.StringIO(files["events.csv"].decode()))
        assert [int(row["id"]) for row in table] == [one["id"] for one in live]


def test_the_sources_stand_once_each_with_the_events_that_cite_them_and_no_formula(client, record):
    rows = list(csv.DictReader(io.StringIO(unpacked(client)["sources.csv"].decode())))
    shared = [row for row in rows if row["url"] == "https://example.org/shared"]
    assert [row["events"] for row in shared] == ["event-2#3 event-1#2 event-0#1"]
    assert (shared[0]["quote"], shared[0]["archived"]) == ("'=SUM(1)", "https://archive.org/x")
    assert len(rows) == 4


def test_the_page_tells_each_event_with_its_sources_and_quotes_and_loads_nothing_from_elsewhere(client, record):
    files = unpacked(client, "/es/events.zip")
    page = html.fromstring(files["index.html"].decode())
    told = json.loads(files["events.json"])["events"]
    assert page.get("lang") == "es"
    assert [one.text_content() for one in page.iter("h4")] == [one["title"] for one in told]
    for one in told:
        article = page.get_element_by_id(f"event-{one['id']}")
        assert [link.get("href") for link in article.findall(".//ol//a[@rel]")] == [
            address for source in one["sources"] for address in (source["url"], source["archived"]) if address
        ]
        assert [quote.text for quote in article.iter("blockquote")] == ["=SUM(1)"]
        assert evidence.content_hash(one) in article.text_content()
    loaded = [one.get("src") for one in page.iter("img")] + [one.get("href") for one in page.iter("link")]
    assert loaded == ["timeline.svg", "data:,", "style.css"]
    assert not list(page.iter("script", "style", "iframe", "object", "form"))
    assert not [one for one in page.iter() if isinstance(one.tag, str) and one.get("style")]
    within = {link.get("href") for link in page.iter("a")} & set(files)
    assert within == set(files) - {"index.html", "style.css", "timeline.svg"}
    for anchor in {link.get("href") for link in page.iter("a") if link.get("href").startswith("#")}:
        assert page.get_element_by_id(anchor[1:]) is not None
    assert not re.search(rb"url\(|@import", files["style.css"])


def test_the_page_has_the_colours_of_the_site():
    tokens = re.compile(r"(--[a-z]+): (#[0-9a-f]+);")
    site = STYLE.parents[3] / "static" / "site" / "site.css"
    own, theirs = STYLE.read_text(), site.read_text()
    dark = "@media (prefers-color-scheme: dark)"
    for half in (0, 1):
        ours = dict(tokens.findall(own.split(dark)[half].split("}")[0]))
        assert ours and ours.items() <= dict(tokens.findall(theirs.split(dark)[half].split("}")[0])).items()


def test_a_permanent_address_gives_the_same_bytes_whatever_is_done_later(client, record):
    address = json.loads(client.get("/events.json").content)["pinned"].removeprefix(ORIGIN).replace(".json", ".zip")
    before = client.get(address).content
    published("later", date="2025-03-09")
    assert client.get(address).content == before


def test_a_hostile_title_is_text_on_the_page_and_in_the_data(client):
    hostile = "</h4><script>alert(1)</script>&\u202e\U0001f600"
    published("one", title=hostile)
    files = unpacked(client)
    page = html.fromstring(files["index.html"].decode())
    assert [one.text_content() for one in page.iter("h4")] == [hostile]
    assert not list(page.iter("script"))


def test_an_empty_selection_is_a_pack_all_the_same(client):
    files = unpacked(client)
    assert json.loads(files["manifest.json"])["events"] == []
    assert "No event matches this selection." in files["index.html"].decode()
    searched = html.fromstring(unpacked(client, "/events.zip?q=nothing")["index.html"])
    assert [heading.text_content() for heading in searched.iter("h2", "h3")] == ["Events 0"]
    assert evidence.verify(io.BytesIO(client.get("/events.zip").content)).faults == ()


def test_the_note_says_what_is_here_what_is_not_and_how_to_check(client, record):
    files = unpacked(client)
    note = files["README.txt"].decode()
    assert all(f"{name}: " in note for name in files if name not in ("README.txt", "style.css"))
    assert "sha256sum -c MANIFEST.sha256" in note and "verify_evidence" in note
    assert json.loads(files["manifest.json"])["permanent"] in note
