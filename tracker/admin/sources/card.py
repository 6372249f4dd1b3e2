"""What the desk knows of a source, in words: as its card stands in an event's form and on its own page."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker import date_words, edtf
from tracker.admin.event.columns import date_in_words
from tracker.admin.moments import moment_in_words
from tracker.admin.standing import titled
from tracker.labels import CHECK_FAULTS, CHECK_RESULTS, TIERS, language_name
from tracker.models.catalogue import Source
from tracker.models.desk import Citation, Event
from tracker.vocabulary import CheckFault, CheckResult

# More are on the source's own page.
USES = 5


@dataclass(frozen=True)
class Use:
    """An event that cites the source: its title and date in words, and the address of its form."""

    event: int
    title: str
    date: str
    url: str


@dataclass(frozen=True)
class Card:
    """`url` is the source's own page at the desk, `archive` where an archived copy may be looked for, `checked` what
    came of the last check, `moved_to` its new address if it has one; `uses` are events that cite it, `more` how many
    beyond those."""

    source: Source
    url: str
    tier: str
    language: str
    published: str
    archive: str
    checked: str
    moved_to: str
    uses: list[Use]
    more: int


def card(source: Source, uses: list[Use], *, language: str, limit: int = USES) -> Card:
    """The card of a source; `language` is the desk's."""
    return Card(
        source=source,
        url=reverse("admin:tracker_source_change", args=[source.pk]),
        tier=str(TIERS.get(source.tier, source.tier)),
        language=language_name(source.language),
        published=date_words.in_words(edtf.parse(source.published), language) if source.published else "",
        archive=archive_search(source.url),
        checked=check_in_words(source),
        moved_to=source.check_detail if source.check_result == CheckResult.MOVED else "",
        uses=uses[:limit],
        more=max(0, len(uses) - limit),
    )


def uses_of(sources: Iterable[int], *, leave_out: int | None = None) -> dict[int, list[Use]]:
    """The events that cite each source, newest first, without one of them; two queries for any number of sources."""
    cited: dict[int, list[int]] = {}
    for source, event in Citation.objects.filter(source__in=sources).order_by().values_list("source", "event"):
        cited.setdefault(event, []).append(source)
    found: dict[int, list[Use]] = {}
    for event in titled(Event.objects.filter(pk__in=cited).exclude(pk=leave_out or 0)):
        use = Use(event.pk, str(event), date_in_words(event), reverse("admin:tracker_event_change", args=[event.pk]))
        for source in cited[event.pk]:
            found.setdefault(source, []).append(use)
    return found


def archive_search(url: str) -> str:
    """Where the Internet Archive lists its copies of the page."""
    return f"https://web.archive.org/web/*/{quote(url, safe='%/:=&?~#+!$,;@()*[]')}"


def check_in_words(source: Source) -> str:
    """What came of the last check, and when."""
    if not source.check_result or source.checked_at is None:
        return _("not checked yet")
    result, detail = CHECK_RESULTS[source.check_result], source.check_detail
    when = moment_in_words(source.checked_at)
    if detail in set(CheckFault):
        return _("%(result)s: %(reason)s (%(when)s)") % {"result": result, "reason": CHECK_FAULTS[detail], "when": when}
    if detail.isdecimal():
        return _("%(result)s: the answer was %(number)s (%(when)s)") % {
            "result": result,
            "number": detail,
            "when": when,
        }
    return _("%(result)s (%(when)s)") % {"result": result, "when": when}
