"""From a foreign row to an event: its texts in the chosen language, its words looked up in the desk's catalogue."""

from typing import Any

from django.utils.translation import gettext as _

from tracker import edtf
from tracker.importing import calendars, timelinejs
from tracker.importing.catalogue import Catalogue
from tracker.importing.columns import COLUMNS
from tracker.importing.faults import Fault
from tracker.importing.foreign import Foreign
from tracker.importing.reading import Said
from tracker.models.importing import Format, ImportBatch
from tracker.sources import address
from tracker.vocabulary import Language, Status, Tier

_SOURCE = ("url", "publisher", "title", "published", "language", "tier", "archived", "quote", "locator", "accessed")


def read(
    cells: dict[str, Any], kind: str, defaults: dict[str, Any], catalogue: Catalogue
) -> tuple[Said, dict[str, Any], str]:
    """What the row says in the desk's terms; what its file says, to compare the next file with; and its name there."""
    language = defaults.get("language") or Language.ENGLISH.value
    row = (calendars.said if kind == Format.ICS else timelinejs.said)(cells, language)
    told = Said()
    for column, value, words in row.faults:
        told.fault(column, value, words)
    for column, value, words in row.warnings:
        told.warn(column, value, words)
    file_says = dict(row.said)
    _look_up(row, told, defaults, catalogue)
    for name, value in row.said.items():
        _read_one(told, name, value, catalogue)
    return told, file_says, row.key


def _read_one(told: Said, name: str, value: Any, catalogue: Catalogue) -> None:
    try:
        told.values[name] = COLUMNS[name].read(value, catalogue)
    except Fault as fault:
        told.fault(name, value, str(fault))


def _look_up(row: Foreign, told: Said, defaults: dict[str, Any], catalogue: Catalogue) -> None:
    """Take `urls`, `groups` and the words of the place to sources, topics and a place."""
    urls, groups = row.said.pop("urls", []), row.said.pop("groups", [])
    row.said["sources"] = [_source(url, defaults) for url in _public(urls, told)]
    topics = []
    for group in groups:
        try:
            topics.append(catalogue.topics.find(group))
        except Fault as fault:
            if not defaults.get("topic"):
                words = _("%(fault)s Or choose a topic for the whole file when you send it.") % {"fault": fault}
                told.fault("topics", group, words)
            else:
                told.warn("topics", group, _("The desk has no such topic: the one chosen for the file stands for it."))
    if topics:
        row.said["topics"] = list(dict.fromkeys(topics))
    if place := row.said.pop("place", ""):
        try:
            row.said["place"] = catalogue.places.find(place)
        except Fault:
            told.warn("place", place, _("The desk has no such place: it stands in the note for editors."))
            note = row.said.get("desk_note", "")
            row.said["desk_note"] = f"{note}\n\n{place}".strip()


def _public(urls: list[str], told: Said) -> list[str]:
    found: dict[str, str] = {}
    for url in urls:
        try:
            found.setdefault(address.key(url), address.read(url))
        except address.BadAddress:
            told.warn("sources", url, _("This is no address of a public page: it was left out."))
    return list(found.values())


def _source(url: str, defaults: dict[str, Any]) -> dict[str, str]:
    """A source of which only the address is known: its publisher is its host until an editor says more."""
    known = {
        "url": url,
        "publisher": address.host(url).removeprefix("www."),
        "language": defaults.get("language") or Language.ENGLISH.value,
        "tier": Tier.PRESS.value,
    }
    return {key: known.get(key, "") for key in _SOURCE}


def defaults(batch: ImportBatch, catalogue: Catalogue, values: dict[str, Any]) -> dict[str, Any]:
    """What a new event gets that its row does not say: what was chosen for the file, and a status by its day."""
    chosen = {
        "kind": batch.defaults.get("kind", ""),
        "countries": batch.defaults.get("countries", []),
        "topics": [batch.defaults["topic"]] if batch.defaults.get("topic") else [],
    }
    if values.get("date"):
        date = edtf.parse(values["date"])
        begun = date.earliest is not None and date.earliest <= catalogue.today
        chosen["status"] = (Status.OCCURRED if begun else Status.SCHEDULED).value
    return {name: value for name, value in chosen.items() if value and not values.get(name)}


def keep_what_is_news(
    values: dict[str, Any], told: Said, now: dict[str, Any], last: dict[str, Any], current: dict[str, Any]
) -> None:
    """Leave in `values` only what the file says now and did not say in the `last` one: the desk may have done more to
    the event since. New sources are added to those of the desk. Where the desk changed the same thing, it is said."""
    # A note of the editors is theirs.
    values.pop("desk_note", None)
    names = {"sources": "urls", "topics": "groups"}
    for name in list(values):
        own = names.get(name, name)
        if now.get(own) == last.get(own):
            del values[name]
        elif (
            name not in (*names, "place")
            and last.get(own) not in (None, current[name])
            and values[name] != current[name]
        ):
            told.warn(name, values[name], _("The desk changed this since the last import, and the file too."))
    if "sources" in values:
        cited = {address.key(source["url"]) for source in current["sources"]}
        new = [source for source in values["sources"] if address.key(source["url"]) not in cited]
        values["sources"] = [*current["sources"], *new]
