"""What publishing an event now would say, and what forbids it: a dry run that writes nothing."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tracker import date_words, edtf
from tracker.labels import CHANGES, COUNTRIES, KINDS, STATUSES, TEXT_STATES
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.prospect import prospect
from tracker.vocabulary import Country, Kind, Status, TextState, Tier

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
    """`unmet` rules as rows (field, anchor, words), the statement in short as pairs, its classes of change in words."""

    content: dict
    unmet: Any
    summary: Any
    classes: Any = ()


def foresee(event: Event) -> Outcome:
    """The outcome of publishing the event as the desk has it, from now on. Reads only."""
    found = prospect(event, Revision.objects.course(event.pk), now=timezone.now())
    unmet = in_words({field: [words] for field, words in found.faults.items()})
    return Outcome(found.content, unmet, _summary(found.content), [CHANGES[change] for change in found.classes])


def in_words(faults: dict[str, list[str]]) -> list[dict]:
    """The unmet rules as the screen lists them, each with its field's name and anchor."""
    rows = []
    for field, messages in faults.items():
        name, anchor = FIELDS.get(field, (field, ""))
        rows.append({"name": name, "anchor": anchor, "words": " ".join(messages)})
    return rows


def _summary(content: dict) -> list[tuple[Any, Any]]:
    english = content["texts"].get("en", {})
    date = date_words.in_words(edtf.parse(content["date"]), get_language())
    pairs = [
        (_("Title"), english.get("title")),
        (_("Short label"), english.get("label")),
        (_("Summary"), english.get("summary")),
        (_("Date"), f"{date} ({content['date']})"),
        (_("Status"), STATUSES[Status(content["status"])]),
        (_("Kind"), KINDS[Kind(content["kind"])]),
        (_("Countries"), ", ".join(str(COUNTRIES[Country(code)]) for code in content["countries"])),
        (_("Topics"), ", ".join(topic["name"]["en"] for topic in content["topics"])),
        (_("People and bodies"), ", ".join(actor["name"]["en"] for actor in content["actors"])),
        (_("Sources"), _sources(content["sources"])),
        (_("Languages"), _languages(content["texts"])),
        (_("Address"), f"/events/{content['slug']}/"),
    ]
    return [(name, words or "–") for name, words in pairs]


def _sources(sources: list[dict]) -> str:
    official = sum(source["tier"] == Tier.PRIMARY for source in sources)
    words = ngettext("%(count)d source", "%(count)d sources", len(sources)) % {"count": len(sources)}
    if official:
        return _("%(sources)s, %(official)d official") % {"sources": words, "official": official}
    return _("%(sources)s, and it is not official") % {"sources": words} if len(sources) == 1 else words


def _languages(texts: dict) -> str:
    return ", ".join(f"{code} ({TEXT_STATES[TextState(text['state'])]})" for code, text in texts.items())
