"""What a deed would make of an event's record, and what forbids it: a dry run that writes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import course as courses
from tracker.admin.deeds.course_words import Change, changed, said, shown_as, title_and_date
from tracker.admin.deeds.difference import Difference, compare
from tracker.admin.deeds.telling import told
from tracker.admin.moments import moment_in_words
from tracker.freezing import whole
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.prospect import prospect
from tracker.publishing import RULES, next_number, scheduled
from tracker.vocabulary import ChangeClass

# The field of each rule of `publishable`, as the form calls it, and the anchor of its place in the form.
FIELDS = {
    "sources": (gettext_lazy("Sources"), "citations-group"),
    "texts": (gettext_lazy("Texts"), "texts-group"),
    "countries": (gettext_lazy("Countries"), "id_countries"),
    "topics": (gettext_lazy("Topics"), "eventtopic_set-group"),
    "status": (gettext_lazy("Status"), "id_status"),
    "acts": (gettext_lazy("Legal acts"), "acts-group"),
    "announced": (gettext_lazy("Announced dates"), "announced-group"),
    "remarks": (gettext_lazy("What the governments said"), "remarks-group"),
    "slug": (gettext_lazy("Slug"), "id_slug"),
    "reason": (gettext_lazy("Reason"), ""),
}


@dataclass(frozen=True)
class Outcome:
    """`unmet` rules as rows (field, anchor, words); `notes` tell what forbids nothing; `difference` and the `proposed`
    classes compare with `before`, the content replaced; `same`: it says what stands there already."""

    unmet: list[dict]
    notes: list[str]
    difference: Difference
    proposed: list[ChangeClass]
    before: dict | None
    content: dict
    same: bool


def foresee(event: Event, *, since: datetime | None = None, until: datetime | None = None) -> Outcome:
    """The outcome of stating the event as the desk has it for [since, until), from now on unless given. Reads only."""
    now = timezone.now()
    found = prospect(whole(event), Revision.objects.course(event.pk), now=now, since=since, until=until)
    return Outcome(
        in_words({field: [words] for field, words in found.faults.items()}),
        told(found.content, now),
        compare(found.before, found.content),
        found.classes,
        found.before,
        found.content,
        same=found.before == found.content,
    )


def course_of(event: Event) -> tuple:
    """The course of the event as it stands, in words."""
    return said(Revision.objects.course(event.pk), timezone.now())


def foresee_course(event: Event, form, content: dict | None) -> Change | None:
    """The course before and after the deed of a valid form; `content` is what it states, None for a retraction.
    Puts the reason into the form, and returns None, where the course forbids it."""
    now = timezone.now()
    rows = Revision.objects.course(event.pk)
    number = next_number(event.pk)
    new = title_and_date(content) if content is not None else _("that the event is retracted")
    try:
        after = form.course_after(courses.in_order(rows), number, now)
    except courses.Unlawful as error:
        form.add_error(None, str(RULES[error.rule]))
        return None
    return changed(rows, after, number=number, new=new, now=now)


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
        (_("Would then be shown"), shown_as(waiting)),
        (_("Readers go on seeing"), shown_as(rows[standing] if standing else None)),
    ]


def in_words(faults: dict[str, list[str]]) -> list[dict]:
    """The unmet rules as the screen lists them, each with its field's name and anchor."""
    rows = []
    for field, messages in faults.items():
        name, anchor = FIELDS.get(field, (field, ""))
        rows.append({"name": name, "anchor": anchor, "words": " ".join(messages)})
    return rows
