"""The registry of formats: one row for each file that a query can be had as.

To add a format: one file with its function, one row here, one golden file. Address, conditions, refusals and links come
by themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import pgettext_lazy

MOST_IN_A_DOCUMENT = 2_000
JSON, TEXT = "json", "text"


@dataclass(frozen=True, slots=True)
class Format:
    """One row.

    `writer` names the function; it is imported when it is first needed, since the libraries of documents are large.
    `words` name the format in a link. `speaks` is the form of its refusals. `most`: how many events it takes.
    `attached`: a browser saves it. `also`: parameters that only this format reads, given to the function by name.
    `rules`: it tells the rules of the treaty clock, of which the record keeps no history.
    """

    extension: str
    content_type: str
    writer: str
    words: Promise
    speaks: str = TEXT
    most: int | None = None
    attached: bool = True
    also: tuple[str, ...] = ()
    rules: bool = False

    @property
    def write(self) -> Callable[..., bytes | Iterator[bytes]]:
        return import_string(self.writer)

    @property
    def face(self) -> str:
        """The name of its address."""
        return f"events-{self.extension}"


def _document(extension: str, content_type: str, words: Promise, **more) -> Format:
    """A file made for reading, of bounded length."""
    return Format(
        extension, content_type, f"timeline.formats.{extension}.write", words, most=MOST_IN_A_DOCUMENT, **more
    )


_OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS = {
    one.extension: one
    for one in (
        Format(
            "ics",
            "text/calendar; charset=utf-8",
            "timeline.formats.ics.write",
            pgettext_lazy("a file of events", "Calendar (iCalendar)"),
            attached=False,
        ),
        Format(
            "csv",
            "text/csv; charset=utf-8",
            "timeline.formats.csv.write",
            pgettext_lazy("a file of events", "Table (CSV)"),
            also=("bom",),
        ),
        Format(
            "xlsx",
            f"{_OFFICE}.spreadsheetml.sheet",
            "timeline.formats.xlsx.write",
            pgettext_lazy("a file of events", "Workbook (Excel)"),
        ),
        Format(
            "json",
            "application/json",
            "timeline.formats.json.write",
            pgettext_lazy("a file of events", "Data (JSON)"),
            speaks=JSON,
            attached=False,
        ),
        Format(
            "jsonld",
            "application/ld+json",
            "timeline.formats.jsonld.write",
            pgettext_lazy("a file of events", "Linked data (JSON-LD)"),
            speaks=JSON,
            attached=False,
        ),
        Format(
            "ndjson",
            "application/x-ndjson; charset=utf-8",
            "timeline.formats.ndjson.write",
            pgettext_lazy("a file of events", "Record with all revisions (NDJSON)"),
            speaks=JSON,
        ),
        _document(
            "docx",
            f"{_OFFICE}.wordprocessingml.document",
            pgettext_lazy("a file of events", "Briefing (Word)"),
            rules=True,
        ),
        _document(
            "pptx",
            f"{_OFFICE}.presentationml.presentation",
            pgettext_lazy("a file of events", "Slides (PowerPoint)"),
            rules=True,
        ),
        _document(
            "pdf", "application/pdf", pgettext_lazy("a file of events", "Briefing (PDF)"), attached=False, rules=True
        ),
        _document("svg", "image/svg+xml", pgettext_lazy("a file of events", "Drawing (SVG)"), attached=False),
        _document("png", "image/png", pgettext_lazy("a file of events", "Picture (PNG)"), attached=False),
        _document("zip", "application/zip", pgettext_lazy("a file of events", "Evidence pack (ZIP)"), rules=True),
    )
}


def load_writers() -> None:
    """Loads every writer with its library. A server does so once, before any is asked for; nobody else needs it."""
    for form in FORMATS.values():
        form.write  # noqa: B018
