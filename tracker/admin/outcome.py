"""What publishing an event now would say, and what forbids it: a dry run that writes nothing."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tracker import course as courses
from tracker import date_words, edtf
from tracker.admin.content_words import in_short
from tracker.admin.moments import moment_in_words
from tracker.labels import CHANGES
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.prospect import prospect
from tracker.publishing import scheduled

# The field of each rule of `publishable`, as the form calls it, and the anchor of its place in the form.
FIELDS = {
    "sources": (gettext_lazy("Sources"), "citations-group"),
    "texts": (gettext_lazy("Texts"), "texts-group"),
    "countries": (gettext_lazy("Countries"), "id_countries"),
    "topics": (gettext_lazy("Topics"), "eventtopic_set-group"),
    "status": (gettext_lazy("Status"), "id_status"),
    "acts": (gettext_lazy("Legal acts"), "acts-group"),
    "announced": (gettext_lazy("Announced dates"), "announced-group"),
    "slug": (gettext_lazy("Slug"), "id_slug"),
    "reason": (gettext_lazy("Reason"), ""),
}


@dataclass(frozen=True)
class Outcome:
    """`unmet` rules as rows (field, anchor, words), the statement in short as pairs, its classes of change in words;
    `same`: it says what the record says already."""

    unmet: Any
    summary: Any
    classes: Any = ()
    same: bool = False


NOTHING = Outcome((), ())


def foresee(event: Event) -> Outcome:
    """The outcome of publishing the event as the desk has it, from now on. Reads only."""
    now = timezone.now()
    rows = Revision.objects.course(event.pk)
    found = prospect(event, rows, now=now)
    standing = courses.standing(courses.in_order(rows), now)
    return Outcome(
        in_words({field: [words] for field, words in found.faults.items()}),
        in_short(found.content),
        [CHANGES[change] for change in found.classes],
        same=standing is not None and rows[standing].content == found.content,
    )


def what_waits(event: Event) -> list[tuple[Any, Any]]:
    """What unscheduling takes back and what readers go on seeing, as pairs; nothing if nothing waits."""
    now = timezone.now()
    waiting = scheduled(event, now)
    if waiting is None:
        return []
    rows = Revision.objects.course(event.pk)
    standing = courses.standing(courses.in_order(rows), now)
    return [
        (_("Waits until"), moment_in_words(waiting.known.lower)),
        (_("Would then be shown"), _shown_as(waiting)),
        (_("Readers go on seeing"), _shown_as(rows[standing] if standing else None)),
    ]


def _shown_as(row: Revision | None) -> str:
    if row is None:
        return _("nothing of this event")
    if row.retracted:
        return _("that the event is retracted")
    date = date_words.in_words(edtf.parse(row.content["date"]), get_language())
    return f"{row.content['texts']['en']['title']} ({date})"


def in_words(faults: dict[str, list[str]]) -> list[dict]:
    """The unmet rules as the screen lists them, each with its field's name and anchor."""
    rows = []
    for field, messages in faults.items():
        name, anchor = FIELDS.get(field, (field, ""))
        rows.append({"name": name, "anchor": anchor, "words": " ".join(messages)})
    return rows
