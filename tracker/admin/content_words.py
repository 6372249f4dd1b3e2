"""The content of a statement in short: every part that readers will see, in the language of the desk."""

from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker import date_words, edtf
from tracker.admin.standing import titled
from tracker.clock import ActKind
from tracker.labels import ACTS, COUNTRIES, KINDS, LINK_TYPES, STATUSES, TEXT_STATES
from tracker.models.desk import Event
from tracker.vocabulary import Country, Kind, LinkType, Status, TextState, Tier


def in_short(content: dict) -> list[tuple[Any, Any]]:
    """Pairs of a name and its words; a dash for what is empty."""
    texts = content["texts"]
    english = texts.get("en", {})
    pairs = [
        (_("Title"), english.get("title")),
        (_("Title in Spanish"), texts.get("es", {}).get("title")),
        (_("Title in French"), texts.get("fr", {}).get("title")),
        (_("Short label"), english.get("label")),
        (_("Summary"), english.get("summary")),
        (_("Date"), _date(content)),
        (_("Note on the date"), english.get("note")),
        (_("Announced dates"), _several(_announced(row) for row in content["announced"])),
        (_("Status"), STATUSES[Status(content["status"])]),
        (_("Kind"), KINDS[Kind(content["kind"])]),
        (_("Countries"), ", ".join(str(COUNTRIES[Country(code)]) for code in content["countries"])),
        (_("Place"), _name(content["place"]) if content["place"] else ""),
        (_("Topics"), ", ".join(_name(topic) for topic in content["topics"])),
        (_("People and bodies"), ", ".join(_name(actor) for actor in content["actors"])),
        (_("Legal acts"), _several(_act(row) for row in content["acts"])),
        (_("Links"), _links(content["links"])),
        (_("Sources"), _sources(content["sources"])),
        (_("Languages"), _languages(texts)),
        (_("Address"), f"/events/{content['slug']}/"),
    ]
    return [(name, words or "–") for name, words in pairs]


def _name(row: dict) -> str:
    return row["name"].get(get_language()) or row["name"]["en"]


def _several(words) -> str:
    return "; ".join(words)


def _said(date: str) -> str:
    return date_words.in_words(edtf.parse(date), get_language())


def _date(content: dict) -> str:
    words = f"{_said(content['date'])} ({content['date']})"
    if content["time"]:
        words += f", {content['time']['clock']} {content['time']['zone']}"
    return words


def _announced(row: dict) -> str:
    return _("%(date)s, announced on %(day)s") % {"date": _said(row["date"]), "day": _said(row["on"])}


def _act(row: dict) -> str:
    words = [str(ACTS[ActKind(row["what"])]), _said(row["day"])]
    if row["party"]:
        words.insert(1, str(COUNTRIES[Country(row["party"])]))
    return ", ".join(words)


def _links(links: list[dict]) -> str:
    rows = titled(Event.objects).filter(pk__in=[link["event"] for link in links])
    titles = {event.pk: str(event) for event in rows}
    return _several(f"{LINK_TYPES[LinkType(link['type'])]}: {titles.get(link['event'], '–')}" for link in links)


def _sources(sources: list[dict]) -> str:
    official = sum(source["tier"] == Tier.PRIMARY for source in sources)
    words = ngettext("%(count)d source", "%(count)d sources", len(sources)) % {"count": len(sources)}
    if official:
        return _("%(sources)s, %(official)d official") % {"sources": words, "official": official}
    return _("%(sources)s, and it is not official") % {"sources": words} if len(sources) == 1 else words


def _languages(texts: dict) -> str:
    return ", ".join(f"{code} ({TEXT_STATES[TextState(text['state'])]})" for code, text in texts.items())
