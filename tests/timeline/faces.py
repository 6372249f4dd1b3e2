"""Every face that tells the events of a query, each with a reader of its own: what events does a stranger find in it?

Each event of these tests has a word of its own in its title and label; a reader gives all the words that it finds, by a
parser that did not write the file.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable

import feedparser
import vobject
from docx2python import docx2python
from lxml import etree, html
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

WORD = re.compile(r"\bZq[a-z]+qz\b")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(number: int) -> str:
    """The word of the event of that number."""
    return f"Zq{LETTERS[number // 26]}{LETTERS[number % 26]}qz"


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def in_xml(content: bytes) -> str:
    return " ".join(etree.fromstring(content).itertext())


def in_parts(pattern: str) -> Callable[[bytes], str]:
    """The words of the parts of an Office file or a zip whose names match."""

    def read(content: bytes) -> str:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(in_xml(archive.read(name)) for name in archive.namelist() if re.fullmatch(pattern, name))

    return read


def in_document(content: bytes) -> str:
    with docx2python(io.BytesIO(content)) as document:
        return document.text


def in_pdf(content: bytes) -> str:
    # A line may break within a title, never within a word.
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def in_workbook(content: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return " ".join(str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row)


def in_calendar(content: bytes) -> str:
    calendar = vobject.readOne(content.decode())
    return " ".join(one.summary.value for one in calendar.contents.get("vevent", []))


def in_feed(content: bytes) -> str:
    return " ".join(entry.title for entry in feedparser.parse(content).entries)


def in_json(*path: str) -> Callable[[bytes], str]:
    def read(content: bytes) -> str:
        found = json.loads(content)
        for name in path:
            found = found[name]
        return json.dumps(found)

    return read


def in_lines(content: bytes) -> str:
    """The statements of a dump that has one for each event: tombstones and other lines have no titles."""
    return " ".join(json.dumps(json.loads(line)) for line in content.decode().splitlines())


def in_text(content: bytes) -> str:
    return content.decode("utf-8-sig")


def in_page(content: bytes) -> str:
    return html.fromstring(content.decode()).text_content()


def in_pack(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("events.json").decode()


# Files that hold the whole selection, and pages of it, with the name of what leads on.
WHOLE = {
    "events.ics": in_calendar,
    "events.csv": in_text,
    "events.xlsx": in_workbook,
    "events.jsonld": in_text,
    "events.ndjson": in_lines,
    "events.docx": in_document,
    "events.pptx": in_parts(r"ppt/slides/slide\d+\.xml"),
    "events.pdf": in_pdf,
    "events.svg": in_xml,
    "events.zip": in_pack,
}
PAGED = {
    "events.json": (in_json("events"), lambda content: json.loads(content)["next"]),
    "feed.json": (in_json("items"), lambda content: json.loads(content).get("next_url")),
    "feed.atom": (
        in_feed,
        lambda content: next(
            (one.href for one in feedparser.parse(content).feed.links if one.rel == "next"),
            None,
        ),
    ),
    "api/v1/events/": (in_json("events"), lambda content: json.loads(content)["next"]),
}
# What is one address for all languages takes the language as a parameter.
ONCE = ("api/",)
SITE = "http://127.0.0.1:8000"


def address(face: str, query: str, language: str) -> str:
    if face.startswith(ONCE):
        query = "&".join(part for part in (query, f"lang={language}") if part)
        return f"/{face}?{query}"
    prefix = "" if language == "en" else f"/{language}"
    return f"{prefix}/{face}" + (f"?{query}" if query else "")


def content(client, path: str) -> bytes:
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, (path, body[:500])
    return body


def told(client, face: str, query: str = "", language: str = "en") -> set[str]:
    """The words of the events that a face tells of a query; of a paged one, of all its pages."""
    path = address(face, query, language)
    if face in WHOLE:
        return words(WHOLE[face](content(client, path)))
    read, follow = PAGED[face]
    found: set[str] = set()
    for _page in range(50):
        body = content(client, path)
        found |= words(read(body))
        path = follow(body)
        if not path:
            return found
        path = path.removeprefix(SITE)
    raise AssertionError(f"{face} has no end")
