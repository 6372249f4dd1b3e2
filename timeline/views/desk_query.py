"""The queries that the desk keeps, for embeds and webhooks, read by the grammar of the public's addresses.

`settings.QUERY_READER` names it, for the desk knows nothing of this wing.
"""

from collections.abc import Collection
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from timeline.query import BadParameter, BadQuery, canonical, parse
from timeline.views.asked import ZONE, latest_words
from timeline.views.offered import vocabulary
from tracker.models.record import Revision
from tracker.moment import TooLate, moment
from tracker.query import Query
from tracker.sharing import Purpose

FILTERS = ("country", "kind", "topic", "actor", "status", "significance", "from", "to", "q")
_DRAWN = ("start", "end", "lanes", "layers", "event", "order", "limit", "as_of", "recorded", "look", "theme", "height")
# Which parameters count for what.
COUNT = {Purpose.EMBED: (*FILTERS, *_DRAWN), Purpose.WEBHOOK: (*FILTERS, "change")}


def read_query(text: str, purpose: Purpose, *, pasted: bool, at: datetime) -> tuple[str, tuple[str, ...]]:
    """The query string in its one spelling, and what is wrong with it: a line for each fault, in the active language.
    `pasted` from an address: then what does not count for the purpose is left out, else it is a fault. `at` is now."""
    given = QueryDict(text, mutable=True)
    strange = [name for name in given if name not in COUNT[purpose]]
    for name in strange:
        del given[name]
    faults = [] if pasted else [_strange(name, COUNT[purpose]) for name in strange]
    try:
        query = _parsed(given, at)
    except BadQuery as error:
        return "", (*faults, *map(str, error.faults))
    return canonical(query), tuple(faults)


def _parsed(given: QueryDict, at: datetime) -> Query:
    version = Revision.objects.version(at)
    query = parse(given, topics=lambda: vocabulary(version, at).topics, actors=lambda: vocabulary(version, at).actors)
    try:
        moment(now=at, zone=ZONE, as_of=query.as_of, recorded=query.recorded)
    except TooLate as error:
        raise BadQuery((BadParameter(error.name, given.get(error.name, ""), latest_words(error.latest)),)) from error
    return query


def _strange(name: str, known: Collection[str]) -> str:
    """That a name means nothing, with those that do."""
    shown = BadParameter("", name, "").value
    return _("“%(name)s” means nothing here; allowed: %(names)s") % {"name": shown, "names": ", ".join(known)}
