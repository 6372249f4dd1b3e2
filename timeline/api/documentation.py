"""What the page about the API lists: its addresses with examples, its parameters by what they are for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timeline.api.envelope import whole
from timeline.api.parameters import FILTERS, MEANS, PAGING, READS, ROWS, allowed, part
from timeline.query import canonical
from timeline.views.asked import Asked
from tracker.query import Query


@dataclass(frozen=True, slots=True)
class Face:
    """One address: its path as it is written, what it gives, and examples as query strings with their addresses."""

    path: str
    words: str
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Parameters of one purpose, and where they are read."""

    words: str
    where: tuple[str, ...]
    parameters: tuple["Told", ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One parameter: what it means, and what is allowed."""

    name: str
    means: str
    allowed: str
    several: bool


FACES = (
    (
        "api-events",
        _("The events of a query, by pages, each with its sources: the same as in every other face of this site."),
        ("country=MX&kind=negotiation-round", "significance=milestone&order=oldest", "q=steel&from=2025-06"),
    ),
    (
        "api-event",
        _("One event with the history of its statements and its links in both directions."),
        ("",),
    ),
    (
        "api-changes",
        _("What changed, by the day it became known: each statement with what stood before it, and the reason."),
        ("since=2026-01-01", "change=date-moved,status-changed"),
    ),
    (
        "api-clock",
        _("Where the agreement stands, its legal deadlines with rule and arithmetic, and what a scenario would bring."),
        ("", "step=confirmed:all:2029-07-01", "as_of=2026-06-30"),
    ),
    (
        "api-vocabulary",
        _("Every value that a filter takes or an answer has, in words; topics, people and bodies; the rules."),
        ("",),
    ),
    ("api-openapi", _("The contract, as OpenAPI 3.1: for programs that make clients and tests."), ("",)),
)
GROUPS = (
    (_("Which events"), FILTERS),
    (_("Which changes"), ("since", "change")),
    (_("Order and pages"), ("order", *PAGING)),
    (pgettext_lazy("from which a reader looks", "The moment"), ("as_of", "recorded")),
    (_("The treaty clock"), ("step", "reading")),
    (_("Language"), ("lang",)),
)


def documented(asked: Asked) -> dict:
    """What the page is made from, in the active language; its examples keep the reader's moment and language."""
    newest = next(iter(asked.rows.newest_begun()), None)
    kept = canonical(part(asked.query, "api"))
    return {
        "base": whole("api"),
        "faces": [Face(_path(face), str(words), _examples(face, some, newest, kept)) for face, words, some in FACES],
        "groups": [Group(str(words), _where(names), tuple(map(_told, names))) for words, names in GROUPS],
        "bound": whole("api-events", Query(recorded=asked.pin)) if asked.pin else "",
    }


def _where(names: Iterable[str]) -> tuple[str, ...]:
    """The addresses, below that of the page, that read one of these parameters."""
    faces = (face for face, _words, _examples in FACES if set(names) & set(READS[face]))
    return tuple(_path(face).removeprefix(reverse("api")) for face in faces)


def _path(face: str) -> str:
    if face == "api-event":
        return reverse(face, kwargs={"slug": "SLUG"}).replace("SLUG", "{slug}")
    return reverse(face)


def _examples(face: str, queries: Iterable[str], newest, kept: str) -> tuple[tuple[str, str], ...]:
    """What stands in each example, and its address; none for an event while there is none."""
    if face == "api-event":
        return ((newest.slug, _joined(reverse(face, args=[newest.slug]), kept)),) if newest else ()
    if face == "api-openapi":
        return (("openapi.json", reverse(face)),)
    path = reverse(face)
    words = path.removeprefix(reverse("api"))
    return tuple((f"?{one}" if one else words, _joined(path, one, kept)) for one in queries)


def _joined(path: str, *queries: str) -> str:
    names: dict[str, str] = {}
    for pair in "&".join(filter(None, queries)).split("&"):
        names.setdefault(pair.partition("=")[0], pair)
    text = "&".join(filter(None, names.values()))
    return f"{path}?{text}" if text else path


def _told(name: str) -> Told:
    return Told(name, str(MEANS[name]), allowed(name), ROWS[name].many)
