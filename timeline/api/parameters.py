"""What each address of the API reads of the grammar, each parameter in words, and the part of a query that it asks."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timeline.query.table import PARAMETERS, Parameter
from tracker.clock.scenario import FIRST_YEAR, LAST_YEAR
from tracker.query import Query

ROWS: dict[str, Parameter] = {row.name: row for row in PARAMETERS}
MOMENT = ("as_of", "recorded", "lang")
PAGING = ("limit", "cursor")
# `to` is said together with `from`, so its row has no words of its own.
FILTERS = tuple(row.name for row in PARAMETERS if row.say or row.name == "to")

READS = {
    "api": MOMENT,
    "api-events": (*FILTERS, "order", *PAGING, *MOMENT),
    "api-event": MOMENT,
    "api-changes": (*FILTERS, "since", "change", "order", *PAGING, *MOMENT),
    "api-clock": ("step", "reading", *MOMENT),
    "api-vocabulary": MOMENT,
    "api-openapi": (),
}

MEANS = {
    "country": _("Events that involve any of these countries; with only: those that concern exactly these."),
    "kind": _("Events of any of these kinds."),
    "topic": _("Events of any of these topics; the vocabulary lists them."),
    "actor": _("Events with any of these people or bodies; the vocabulary lists them."),
    "status": _("Events of any of these states, as seen on the reader’s day."),
    "significance": _("Events of any of these weights."),
    "from": _("Events that touch the time from the first day of this date on."),
    "to": _("Events that touch the time up to the last day of this date."),
    "q": _("Words, all of them, each also as the beginning of a word; “…” a phrase, -word without it."),
    "change": _("Changes of any of these classes; without it all but those of a translation alone."),
    "since": _(
        "Changes that the public could know only after the end of a day, or that appeared on this record after an "
        "instant."
    ),
    "order": _("How the list is sorted; changes know newest and oldest alone."),
    "limit": _("How many stand on a page."),
    "cursor": _("The place where a page begins; take it from “next”."),
    "as_of": _("A day: what the public could know at its end."),
    "recorded": _("An instant: what this record said then, for ever the same."),
    "step": _("A step of a scenario: what would follow if it happened."),
    "reading": _("From when the extra 16 years run: from the confirmation, or added to the end of the term."),
    "lang": _("The language of the texts; English without it."),
}
YEARS = format_lazy(_("a day like 2025-09-17, in the years {first} to {last}"), first=FIRST_YEAR, last=LAST_YEAR)


def part(query: Query, face: str) -> Query:
    """What an address of the API reads of a query; all else has no effect there."""
    return Query(**{ROWS[name].attribute: getattr(query, ROWS[name].attribute) for name in READS[face]})


def allowed(name: str) -> str:
    """What may be written, in the active language; empty for what the vocabulary lists."""
    row = ROWS[name]
    return "" if row.of_record else str(row.allowed)
