"""What the filters offer: the topics and actors of the public's vocabulary, kept in the process while they stand."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import caches

from tracker.models.record import Revision, Term
from tracker.models.version import Version
from tracker.moment import Moment

# What stands for a version of the record may be kept apart by each process: no question to a shared store.
PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The topics and actors that the record has used, slug to names by language."""

    topics: dict[str, dict[str, str]]
    actors: dict[str, dict[str, str]]

    def names(self, which: str, language: str) -> dict[str, str]:
        return {slug: names.get(language) or names["en"] for slug, names in getattr(self, which).items()}


def vocabulary(stamp: Version | str, now: datetime, *, seen_from: Moment | None = None) -> Vocabulary:
    """The public's vocabulary, all of it or what was in use at a moment; kept in the process while `stamp` stands: the
    version of the record, or what changes with the names alone."""
    key = f"vocabulary-{stamp}".replace(" ", "")
    if seen_from is not None:
        key += f"-{seen_from.known.timestamp()}-{seen_from.recorded.timestamp() if seen_from.pinned else ''}"
    kept = caches[PROCESS].get(key)
    if kept is None:
        terms = Term.objects.visible(now)
        if seen_from is not None:
            terms = terms.in_use(Revision.objects.at(seen_from), seen_from.today)
        listed = list(terms)
        kept = Vocabulary(
            {term.slug: term.names for term in listed if term.type == Term.TOPIC},
            {term.slug: term.names for term in listed if term.type == Term.ACTOR},
        )
        caches[PROCESS].set(key, kept)
    return kept
