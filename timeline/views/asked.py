"""What every public view is asked, and the conditions of its answer: the query, the moment, the version, the ETag.

`face` is the one decorator of the public: it reads the query, refuses a bad one in the form that the face speaks,
answers 304 when the reader has the same bytes already, and sets the headers that caches need.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, wraps
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import parse_etags
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from timeline.query import BadParameter, BadQuery, canonical, parse
from timeline.views.faults import refuse
from tracker.entry import Query
from tracker.models.matching import BadCursor
from tracker.models.record import Revision, Term, Version
from tracker.moment import Moment, moment

ZONE = ZoneInfo(settings.RECORD_ZONE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The topics and actors that the record has used, slug to names by language."""

    topics: dict[str, dict[str, str]]
    actors: dict[str, dict[str, str]]

    def names(self, which: str, language: str) -> dict[str, str]:
        return {slug: names.get(language) or names["en"] for slug, names in getattr(self, which).items()}


@dataclass(frozen=True)
class Asked:
    """One request of a reader: which events, from which moment, in which language, of which version."""

    query: Query
    moment: Moment
    language: str
    version: Version
    vocabulary: Vocabulary

    @cached_property
    def rows(self):
        """The record as seen from the moment."""
        return Revision.objects.at(self.moment)

    @cached_property
    def matching(self):
        """The rows that match the query's filters."""
        return self.rows.matching(self.query, today=self.moment.today, language=self.language)

    @property
    def pin(self) -> datetime | None:
        """The instant that makes this view permanent."""
        if self.moment.pinned:
            return self.moment.recorded
        return Revision.objects.pin(self.version, self.moment.now)

    def etag(self, face: str) -> str:
        """Rule 12: what the bytes depend on. A day that has passed needs no today, a pin no version."""
        parts = [face, self.language, canonical(self.query), settings.RELEASE]
        if not self.moment.pinned:
            parts.append(str(self.version))
            day = self.moment.now.astimezone(ZONE).date()
            if self.moment.as_of is None or self.moment.as_of >= day:
                parts.append(day.isoformat())
        return 'W/"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + '"'


def vocabulary(version: Version, now: datetime) -> Vocabulary:
    """The public's vocabulary, kept in the process for as long as the record does not change."""
    key = f"vocabulary-{version}"
    kept = cache.get(key)
    if kept is None:
        terms = list(Term.objects.visible(now))
        kept = Vocabulary(
            {term.slug: term.names for term in terms if term.type == Term.TOPIC},
            {term.slug: term.names for term in terms if term.type == Term.ACTOR},
        )
        cache.set(key, kept)
    return kept


def ask(request) -> Asked:
    """Read a request. Raises BadQuery for parameters that the grammar refuses."""
    now = datetime.now(UTC)
    version = Revision.objects.version(now)
    words = vocabulary(version, now)
    query = parse(request.GET, topics=lambda: words.topics, actors=lambda: words.actors)
    try:
        seen_from = moment(now=now, zone=ZONE, as_of=query.as_of, recorded=query.recorded)
    except ValueError as error:
        name = "recorded" if str(error).startswith("recorded") else "as_of"
        raise BadQuery((BadParameter(name, request.GET[name], str(error)),)) from error
    return Asked(query, seen_from, get_language(), version, words)


def face(name: str, *, speaks: str = "html") -> Callable:
    """Make a view a public face: view(request, asked, …) -> HttpResponse. `speaks` is the form of its refusals:
    html, json or text."""

    def decorate(view):
        @require_safe
        @wraps(view)
        def answer(request, *args, **kwargs) -> HttpResponse:
            try:
                asked = ask(request)
                etag = asked.etag(f"{name} {request.path}")
                if etag in parse_etags(request.headers.get("If-None-Match", "")):
                    return _conditions(HttpResponseNotModified(), etag)
                return _conditions(view(request, asked, *args, **kwargs), etag)
            except BadQuery as fault:
                return refuse(request, fault, speaks)
            except BadCursor as fault:
                allowed = "the cursor of a page's own next link"
                return refuse(request, BadQuery((BadParameter("cursor", str(fault), allowed),)), speaks)

        return answer

    return decorate


def _conditions(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
    return response
