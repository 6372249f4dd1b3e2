"""What no answer may be, whatever was asked: an error of ours, something reflected as markup, a header that a payload
broke off, words of the program's inside, a refusal that does not say what is wrong."""

import gzip
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import brotli
from lxml import etree, html

from tests.hostile.asking import Answer
from tests.hostile.shots import NAMES
from tests.hostile.values import MARK
from tests.security.judging import BY_TYPE

# 501 is right twice: oEmbed's word for another format than json and xml (oembed.com, 2.3.3), and HTTP's for a transfer
# coding that a server does not know (RFC 9112, 6.1). 505 is HTTP's for a version that it does not speak.
OF_HTTP = {400, 408, 413, 414, 417, 426, 431, 501, 505}
INSIDE = re.compile(
    rb'Traceback \(most recent|site-packages|File (?:"|&quot;)/|psycopg\.|OperationalError|DataError|django\.core'
    rb"|FROM (?:&quot;|\")tracker_|SECRET_KEY"
)
EVERY = ("Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy", "X-Request-Id")
# As the three languages say it.
ALLOWED = re.compile(r"allowed: |valores permitidos: |valeurs permises\s?: ", re.IGNORECASE)
# Files that lie ready: nothing of a request can be in them.
READY = {"text/css", "font/woff2", "image/svg+xml", "image/png", "image/x-icon", "text/javascript"}
LEADING = ("href", "src", "action", "formaction", "data", "poster")
MARKUP = ("text/html", "application/xhtml+xml")
_seen: dict[int, list[str]] = {}


def faults(answer: Answer) -> Iterator[str]:
    """What is wrong with an answer, in words; nothing if it is sound."""
    shot, status = answer.shot, answer.status
    if answer.fault:
        yield answer.fault
        return
    ours = bool(answer.header("X-Request-Id"))
    if status == 0:
        if shot.sound:
            yield "closed without an answer"
        return
    if not ours and (status not in OF_HTTP or answer.body):
        yield f"{status} that the application did not make"
    elif status >= 500 and not _may(answer):
        yield f"status {status}"
    yield from _of_headers(answer, ours=ours)
    if found := INSIDE.search(plain(answer)):
        yield f"words of the inside: {found[0]!r}"
    if answer.body:
        yield from _of_body(answer)
    if shot.kind == "parameters" and status == 400:
        yield from _told(answer)


def _may(answer: Answer) -> bool:
    """Whether a status of 500 and more is the right one."""
    if answer.status == 501:
        return unquote(answer.shot.path).rstrip("/") == "/oembed" or not answer.shot.sound
    return False


def _of_headers(answer: Answer, *, ours: bool) -> Iterator[str]:
    for name, value in answer.headers:
        if MARK in name.lower() or (MARK in value and value in ("1", "zqfuzz=1")):
            yield f"a header of a payload: {name}: {value[:80]}"
        if re.search(r"[\r\n\0<>]", value) and name.lower() != "link":
            yield f"a sign that no header may hold: {name}: {value[:80]!r}"
        if name.lower() == "location":
            where = urlsplit(value)
            if where.netloc or where.scheme or value.startswith(("//", "/\\")):
                yield f"a redirect to elsewhere: {value[:120]}"
    if ours:
        yield from (f"without {name}" for name in EVERY if not answer.header(name))


def _of_body(answer: Answer) -> Iterator[str]:
    kind = answer.header("Content-Type").partition(";")[0].strip()
    if kind in READY and answer.shot.path.startswith("/static/"):
        return
    if kind not in BY_TYPE:
        yield f"a type that nobody judges: {kind!r}"
        return
    key = hash((kind, answer.body))
    if key not in _seen:
        _seen[key] = list(_of_kind(kind, plain(answer)))
    yield from _seen[key]


def plain(answer: Answer) -> bytes:
    """The body without the coding that was asked for."""
    decode = {"gzip": gzip.decompress, "br": brotli.decompress}.get(answer.header("Content-Encoding"))
    return decode(answer.body) if decode and answer.body else answer.body


def _of_kind(kind: str, body: bytes) -> Iterator[str]:
    marked = MARK.encode() in body.lower()
    if kind in MARKUP:
        yield from _of_page(body) if marked else ()
    elif "json" in kind and kind != "application/x-ndjson":
        yield from _of_json(body)
    elif kind.endswith("xml"):
        yield from _of_xml(body)


def _of_json(body: bytes) -> Iterator[str]:
    try:
        json.loads(body)
    except ValueError as error:
        yield f"no JSON: {error}"


def _of_xml(body: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        yield f"no XML: {error}"
        return
    yield from (
        f"an element of a payload: {one.tag}" for one in root.iter(etree.Element) if MARK in str(one.tag).lower()
    )


def _of_page(body: bytes) -> Iterator[str]:
    """A page in which something of the request stands: as text and in values of attributes alone."""
    for element in html.fromstring(body.decode()).iter():
        if not isinstance(element.tag, str):
            if MARK in (element.text or ""):
                yield "a comment with a payload"
            continue
        text = element.text or ""
        if MARK in element.tag.lower():
            yield f"an element of a payload: {element.tag}"
        if element.tag == "style" and MARK in text:
            yield "a style sheet with a payload"
        if element.tag == "script" and MARK in text:
            yield from _of_json(text.encode()) if "json" in element.get("type", "") else ("a script with a payload",)
        for name, value in element.attrib.items():
            if MARK in name.lower() or name.startswith("on") or name in ("style", "srcdoc"):
                yield f"{element.tag} has {name}={value[:60]!r}"
            scheme = re.sub(r"[\x00-\x20]", "", value).partition(":")[0].lower()
            if name in LEADING and MARK in value and scheme in ("javascript", "data", "vbscript", "file"):
                yield f"{element.tag} leads to {value[:60]!r}"


def _told(answer: Answer) -> Iterator[str]:
    """A refusal of parameters: it names one, and says what is allowed."""
    kind, query = answer.header("Content-Type").partition(";")[0], answer.shot.query
    if query.count("&") >= 1_000:
        return  # More than anybody reads: it says so, and names none.
    if kind == "application/problem+json":
        said = {one["parameter"] for one in json.loads(plain(answer)).get("faults", ()) if one["allowed"]}
    elif kind == "text/plain":
        lines = [line for line in plain(answer).decode().splitlines() if ALLOWED.search(line)]
        said = {line.partition(":")[0].strip() for line in lines}
    else:
        said = _said(plain(answer))
    if not said & {*NAMES, "what", "who"}:
        yield "a refusal that names no parameter, or not what is allowed"


def _said(body: bytes) -> set[str]:
    """The parameters that a page finds fault with, each with what is allowed instead."""
    said = set()
    for element in html.fromstring(body.decode()).iter():
        if isinstance(element.tag, str) and {"fault", "faults"} & set(element.get("class", "").split()):
            text = element.text_content()
            # The name stands before the value, or in the id that its field refers to.
            if ALLOWED.search(text) or element.get("id", "").endswith("-fault"):
                said |= set(re.split(r"[^\w]+", f"{text} {element.get('id', '')}"))
    return said
