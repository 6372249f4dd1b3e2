"""What an answer may hold, judged by parsers that are none of ours: a page as browsers read it (html5lib), XML, JSON,
tables, calendars, Office files. Each function gives the faults, in words; none of an answer that is sound."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import openpyxl
import vobject
from lxml import etree
from pypdf import PdfReader

from tracker.inline_style import STYLES

HTML, SVG, XLINK = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
LEADING = {"href", "src", "action", "formaction", "data", "poster", "background", "cite", "srcdoc", f"{XLINK}href"}
SCHEMES = {"", "http", "https", "mailto", "webcal"}
NEVER = {"base", "object", "embed", "applet", "frame", "frameset", "portal"}
SCRIPTS = ("/static/", "/admin/jsi18n/")
FORMULA = tuple("=+-@\t\r")


def of_page(text: str) -> list[str]:
    """A whole page or a fragment of one."""
    return list(_of_tree(html5lib.parse(text)))


def _of_tree(root: Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # A comment.
        name = element.tag.removeprefix(HTML).removeprefix(SVG)
        if name in NEVER or (name == "meta" and "http-equiv" in element.attrib):
            yield f"an element that is none of ours: {name}"
        if name == "script":
            yield from _of_script(element)
        if name == "style" and (element.text or "") not in STYLES.values():
            yield f"a style sheet that is none of ours: {(element.text or '')[:80]}"
        for attribute, value in element.attrib.items():
            if attribute.startswith("on") or attribute in {"style", "srcdoc"}:
                yield f"{name} has {attribute}={value[:80]}"
            if attribute in LEADING and _scheme(value) not in SCHEMES:
                yield f"{name} leads to {value[:80]}"
            if (
                name in {"img", "iframe"}
                and attribute == "src"
                and not value.startswith(("/", "http://127.0.0.1:8000/"))
            ):
                yield f"{name} loads {value[:80]}"


def _of_script(element: Element) -> Iterator[str]:
    text = element.text or ""
    if element.get("type") in {"application/ld+json", "application/json"}:
        try:
            json.loads(text)
        except ValueError:
            yield f"data that is none: {text[:80]}"
    elif text.strip() or not element.get("src", "").startswith(SCRIPTS):
        yield f"a script that is none of ours: {element.get('src')} {text[:80]}"


def _scheme(address: str) -> str:
    # As browsers read it: what is no sign is left out before the scheme is looked for.
    plain = re.sub(r"[\x00-\x20]", "", address)
    return plain.partition(":")[0].lower() if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", plain) else ""


def of_xml(content: bytes) -> list[str]:
    """An XML document: that it is one, holds no entities of its own, no script, and leads nowhere odd; the HTML within
    a feed as a page."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"no XML: {error}"]
    faults = ["a document type"] if root.getroottree().docinfo.doctype else []
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname.lower()
        if name in {"script", "foreignobject", "handler"}:
            faults.append(f"an element that is none of ours: {name}")
        for attribute, value in element.attrib.items():
            local = etree.QName(attribute).localname.lower()
            if local.startswith("on") and len(local) > 2 and root.tag.startswith(SVG):
                faults.append(f"{name} has {local}")
            if local == "href" and _scheme(value) not in {*SCHEMES, "urn"}:
                faults.append(f"{name} leads to {value[:80]}")
        if element.get("type") == "html" and element.text:
            faults += of_page(element.text)
    return faults


def of_json(content: bytes) -> list[str]:
    """JSON; the HTML within it as a page."""
    try:
        return _of_value("", json.loads(content))
    except ValueError as error:
        return [f"no JSON: {error}"]


def of_lines(content: bytes) -> list[str]:
    """JSON in lines."""
    return [fault for line in content.splitlines() for fault in of_json(line)]


def _of_value(name: str, value: object) -> list[str]:
    if isinstance(value, dict):
        return [fault for key, one in value.items() for fault in _of_value(key, one)]
    if isinstance(value, list):
        return [fault for one in value for fault in _of_value(name, one)]
    return of_page(value) if isinstance(value, str) and name in {"html", "content_html"} else []


def of_csv(content: bytes) -> list[str]:
    """A table: no cell that a spreadsheet would reckon out."""
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [f"a formula: {cell[:60]!r}" for row in rows for cell in row if cell.startswith(FORMULA)]


def of_xlsx(content: bytes) -> list[str]:
    """A workbook: text and numbers alone, links to the web alone."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    faults = []
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f":
            faults.append(f"a formula: {cell.value!r}")
        if cell.hyperlink and _scheme(cell.hyperlink.target or "") not in {"http", "https"}:
            faults.append(f"a link to {cell.hyperlink.target!r}")
    return faults + of_office(content)


def of_office(content: bytes) -> list[str]:
    """Any Office file: XML in all parts, no macro, no field that runs something, links to the web alone."""
    faults = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if "vba" in name.lower() or "activex" in name.lower():
                faults.append(f"a macro: {name}")
            if name.endswith((".xml", ".rels")):
                faults += [f"{name}: {fault}" for fault in of_xml(part)]
            if name.endswith(".rels"):
                faults += [f"{name}: leads to {target}" for target in _outside(part)]
            if re.search(rb"<w:instrText[^>]*>[^<]*\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", part):
                faults.append(f"{name}: a field that fetches")
    return faults


def _outside(part: bytes) -> list[str]:
    targets = [one.get("Target") for one in etree.fromstring(part) if one.get("TargetMode") == "External"]
    return [target for target in targets if urlsplit(target).scheme not in {"http", "https"}]


def of_calendar(content: bytes) -> list[str]:
    """A calendar: no line that a payload broke off, no event that we did not write."""
    calendar = vobject.readOne(content.decode())
    faults = ["a line of a payload"] if re.search(rb"(?m)^X-Evil", content) else []
    odd = [one for one in calendar.contents.get("vevent", []) if not hasattr(one, "uid") or not hasattr(one, "dtstart")]
    return faults + (["an event that is none of ours"] if odd else [])


def of_pdf(content: bytes) -> list[str]:
    """A PDF: nothing that runs, links to the web alone."""
    reader, faults = PdfReader(io.BytesIO(content)), []
    if any(name in reader.trailer["/Root"] for name in ("/OpenAction", "/AA")) or b"/JavaScript" in content:
        faults.append("something that runs")
    for page in reader.pages:
        for note in page.get("/Annots") or []:
            action = note.get_object().get("/A") or {}
            if action.get("/S") not in {None, "/URI", "/GoTo"}:
                faults.append(f"an action: {action.get('/S')}")
            if "/URI" in action and _scheme(action["/URI"]) not in {"http", "https"}:
                faults.append(f"a link to {action['/URI']}")
    return faults


def of_pack(content: bytes) -> list[str]:
    """An evidence pack: each member by its kind, and no member that would be unpacked elsewhere."""
    faults = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith(("/", "\\")) or ".." in name.split("/") or ":" in name:
                faults.append(f"a member elsewhere: {name}")
            kind = {"html": _pack_page, "json": of_json, "csv": of_csv, "ndjson": of_lines}.get(name.rpartition(".")[2])
            faults += [f"{name}: {fault}" for fault in kind(archive.read(name))] if kind else []
    return faults


def _pack_page(content: bytes) -> list[str]:
    # Its own: the sheet that its policy names, the drawing beside it, and an icon that is none.
    own = ("a style sheet", "img loads timeline.svg", "link leads to data:,")
    return [fault for fault in of_page(content.decode()) if not fault.startswith(own)]


def nothing(_content: bytes) -> list[str]:
    return []


BY_TYPE: dict[str, Callable[[bytes], list[str]]] = {
    "text/html": lambda content: of_page(content.decode()),
    "application/atom+xml": of_xml,
    "application/xml": of_xml,
    "text/xml": of_xml,
    "image/svg+xml": of_xml,
    "application/json": of_json,
    "application/problem+json": of_json,
    "application/feed+json": of_json,
    "application/ld+json": of_json,
    "application/x-ndjson": of_lines,
    "text/csv": of_csv,
    "text/calendar": of_calendar,
    "application/pdf": of_pdf,
    "application/zip": of_pack,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": of_xlsx,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": of_office,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": of_office,
    "image/png": nothing,
    "text/plain": nothing,
    "text/javascript": nothing,
    "application/link-format": nothing,
}


def of_headers(headers: dict[str, str]) -> list[str]:
    """The headers of an answer: none that a payload broke off."""
    odd = [name for name, value in headers.items() if re.search(r"[\r\n\0]", name + value) or name.lower() == "x-evil"]
    return [f"a header of a payload: {name}" for name in odd]


def of_answer(answer) -> list[str]:
    """Any answer of the site, by its type; a type that is not known here is a fault."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    faults = of_headers(dict(answer.headers.items()))
    if not content:
        return faults
    judge = BY_TYPE.get(kind)
    return faults + (judge(content) if judge else [f"a type that nobody judges: {kind!r}"])
