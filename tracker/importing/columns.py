"""The columns of our own table, one for each thing the desk keeps of an event: how each is read, and what it allows.

The one source of truth of all three files. A value in the desk's terms is plain JSON: a text, a list of texts, or a
list of rows, each a dictionary of texts. What a column says empty is empty at the desk; a column that a file has not
leaves the desk as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.importing import rows, values
from tracker.importing.catalogue import Catalogue
from tracker.models.desk import Event, EventText
from tracker.vocabulary import Country, Language


@dataclass(frozen=True)
class Column:
    """`read(value, catalogue)` takes what a file says (a text, or JSON) to the desk's terms, or raises Fault; `empty`
    is the desk's term for nothing; `allowed` says in words what may stand there."""

    name: str
    allowed: Any
    read: Callable[[Any, Catalogue], Any]
    empty: Any = ""


def _field(model, name: str) -> Callable[[Any, Catalogue], str]:
    field = model._meta.get_field(name)
    return lambda value, _catalogue: values.field_value(field, value)


def _texts() -> list[Column]:
    allowed = {
        "title": gettext_lazy("the title, at most 120 characters; a language without a title is missing"),
        "label": gettext_lazy("the short label, at most 32 characters"),
        "summary": gettext_lazy("one to three sentences, at most 900 characters"),
        "note": gettext_lazy("what is uncertain about the date"),
        "state": gettext_lazy("draft, reviewed or stale; draft where nothing is said"),
    }
    return [
        Column(f"{part}_{language}", words, _field(EventText, part))
        for language in Language
        for part, words in allowed.items()
    ]


COLUMNS = {
    column.name: column
    for column in (
        Column("id", gettext_lazy("the number of the event at the desk; empty for a new one"), values.whole_number),
        Column("slug", gettext_lazy("letters a to z, digits and hyphens, 80 at most"), _field(Event, "slug")),
        Column(
            "version",
            gettext_lazy("the number of saves when the event was exported; empty: nothing is compared"),
            values.whole_number,
        ),
        Column("kind", values.choices_in_words(Event, "kind"), _field(Event, "kind")),
        Column("status", values.choices_in_words(Event, "status"), _field(Event, "status")),
        Column("significance", "minor, major, milestone", values.significance),
        Column("date", gettext_lazy("a date as in the desk: 2026-07-01, 2026-07, 2025-09-17/2025-11-03"), values.date),
        Column("clock_time", gettext_lazy("the local time, as 14:30"), values.clock_time),
        Column("zone", gettext_lazy("the IANA time zone, as America/New_York"), _field(Event, "zone")),
        Column("countries", ", ".join(Country), values.countries, empty=[]),
        Column(
            "place",
            gettext_lazy("the slug or a name of a place of the desk"),
            lambda value, catalogue: values.named(value, catalogue.places),
        ),
        Column(
            "rule",
            gettext_lazy("the id or the citation of a rule of the desk: the event’s legal basis"),
            lambda value, catalogue: values.named(value, catalogue.rules),
        ),
        Column(
            "topics",
            gettext_lazy("slugs or names of topics of the desk, by semicolons; the first is the lane"),
            lambda value, catalogue: values.several(value, catalogue.topics),
            empty=[],
        ),
        *_texts(),
        Column("sources", gettext_lazy("rows: url, publisher, tier and more"), rows.source_rows, empty=[]),
        Column("actors", gettext_lazy("rows: actor, country and role_en, role_es, role_fr"), rows.actors, empty=[]),
        Column(
            "remarks",
            gettext_lazy("rows: country, actor, on, words_en, words_es, words_fr, quote, source"),
            rows.remarks,
            empty=[],
        ),
        Column("announced", gettext_lazy("rows: date, on, source and notes"), rows.announced, empty=[]),
        Column("acts", gettext_lazy("rows: what, party, day, sets, note"), rows.acts, empty=[]),
        Column("links", gettext_lazy("rows: type, to (the slug of the other event)"), rows.links, empty=[]),
        Column("desk_note", gettext_lazy("a note for editors; never published"), _field(Event, "desk_note")),
    )
}
# What tells which event it is, and is not written.
KEYS = ("id", "slug", "version")
# What a new event cannot do without.
NEEDED = ("kind", "status", "date")


def unknown(names) -> str:
    """In words, the names that are no columns, each with the column that it may mean; empty if there are none."""
    return values.unknown(names, COLUMNS, _("column"))
