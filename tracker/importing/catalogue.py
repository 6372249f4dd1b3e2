"""What the desk's catalogue calls what a file names: places, topics, people and bodies by slug or by a name in any
language, rules by slug or citation, sources by their address."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from tracker.cells import plain
from tracker.importing.faults import Fault
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.rules import Rule
from tracker.same_address import key_digest
from tracker.search import indexable
from tracker.vocabulary import Language

# The keys of a source's row that tell of the document itself, and its fields; the others tell what an event used.
DOCUMENT = {
    "publisher": "publisher",
    "title": "title",
    "url": "url",
    "published": "published",
    "language": "language",
    "tier": "tier",
    "archived": "archived_url",
}
_NAMES = [f"name_{language}" for language in Language]
_CITATIONS = [f"citation_{language}" for language in Language]


@dataclass(frozen=True)
class Names:
    """The rows of one kind: `slugs` and `by_name` (folded) lead to slugs."""

    slugs: frozenset[str]
    by_name: dict[str, set[str]]

    def find(self, word: str) -> str:
        """The slug of what the word names. Raises Fault for an unknown or an ambiguous one."""
        if word in self.slugs:
            return word
        found = self.by_name.get(indexable(word), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Fault(
                _("“%(word)s” names several: write one of the slugs %(slugs)s.")
                % {"word": word[:80], "slugs": ", ".join(sorted(found))}
            )
        near = get_close_matches(word[:80], self.slugs, 1) or get_close_matches(indexable(word[:80]), self.by_name, 1)
        words = _("The desk does not know “%(word)s”. Write the slug or a name of one it knows, or add it there first.")
        if near:
            words += " " + _("Did you mean “%(near)s”?")
        raise Fault(words % {"word": word[:80], "near": near[0] if near else ""})


@dataclass(frozen=True)
class Catalogue:
    """The names, and the day on which words such as "tomorrow" are read."""

    places: Names
    topics: Names
    actors: Names
    rules: Names
    today: date


def catalogue(today: date) -> Catalogue:
    """The names of now, by four queries."""
    return Catalogue(
        places=_names(Place, *_NAMES),
        topics=_names(Topic, *_NAMES),
        actors=_names(Actor, *_NAMES, "variants"),
        rules=_names(Rule, *_CITATIONS),
        today=today,
    )


def _names(model, *columns: str) -> Names:
    by_name = defaultdict(set)
    slugs = set()
    for slug, *names in model.objects.order_by("pk").values_list("slug", *columns):
        slugs.add(slug)
        for name in names:
            for one in name if isinstance(name, list) else [name]:
                if one:
                    by_name[indexable(one)].add(slug)
    return Names(frozenset(slugs), by_name)


def sources(addresses: Iterable[str]) -> dict[str, dict[str, str]]:
    """What the desk says of the sources of these addresses, those that it knows, in the keys of a file. Another
    spelling of an address leads to the same source."""
    wanted = set(addresses)
    found = _told(Source.objects.filter(url__in=wanted))
    if missing := {url: key_digest(url) for url in wanted - found.keys()}:
        others = _told(Source.objects.filter(key_digest__in=set(missing.values())))
        # Of several the oldest.
        by_digest = {key_digest(url): told for url, told in reversed(others.items())}
        found |= {url: by_digest[digest] for url, digest in missing.items() if digest in by_digest}
    return found


def _told(rows) -> dict[str, dict[str, str]]:
    values = (dict(zip(DOCUMENT, row, strict=True)) for row in rows.order_by("pk").values_list(*DOCUMENT.values()))
    return {told["url"]: {key: plain(value) for key, value in told.items()} for told in values}
