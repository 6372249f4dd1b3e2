"""What every public view is asked, and the conditions of its answer: the query, the moment, the version, the ETag.

`face` is the one decorator of the public: it reads the query, refuses a bad one in the form that the face speaks,
answers 304 when the reader has the same bytes already, and sets the headers that caches need.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, wraps
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import caches
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from timeline.kept.answer import Keep
from timeline.kept.marked import marked
from timeline.kept.reply import SURE, is_known
from timeline.kept.standing import STANDS
from timeline.query import BadParameter, BadQuery, canonical, parse, repeated
from timeline.scene.cite import bind
from timeline.scene.sharing import of_filters
from timeline.views import memento
from timeline.views.conditions import conditions
from timeline.views.faults import not_allowed, not_found, refuse
from timeline.views.offered import PROCESS, Vocabulary, vocabulary
from tracker.database import replicas
from tracker.given import given
from tracker.models.matching import BadCursor
from tracker.models.record import Revision
from tracker.models.standing import Standing, standing
from tracker.models.version import Version
from tracker.moment import Moment, TooLate, moment, start_of, utc_text
from tracker.query import Query

ZONE = ZoneInfo(settings.RECORD_ZONE)
# What a face tells beside the record, of which there is no history: what its answers change with.
RULES, ALL = attrgetter("rules"), attrgetter("token")


@dataclass(frozen=True)
class Asked:
    """One request of a reader: which events, from which moment, in which language, of which version."""

    query: Query
    moment: Moment
    language: str
    version: Version
    settled: bool = True
    # Changes with the names of the live vocabulary; without it, the version does.
    names: str = ""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the filters offer: as of an earlier moment, only what stood on the record at it; of a pinned one by the
        names of then."""
        if self.moment.is_now:
            return vocabulary(self.names or self.version, self.moment.now)
        return vocabulary(self.version, self.moment.recorded, seen_from=self.moment)

    @cached_property
    def rows(self):
        """The record as seen from the moment."""
        return Revision.objects.at(self.moment)

    @cached_property
    def matching(self):
        """The rows that match the query's filters."""
        return self.rows.matching(self.query, today=self.moment.today, language=self.language)

    @cached_property
    def total(self) -> int:
        """How many events match, counted once for a version."""
        return self.kept("total", lambda: self.matching.count())

    def kept(self, what: str, make: Callable[[], Any], *also: object) -> Any:
        """What `make` gives: a figure of all that matches, which costs more the more there is. Made once, and kept in
        the process while the version stands, for the same filters and moment, and whatever `also` it hangs on."""
        moment, filters = self.moment, canonical(of_filters(self.query))
        seen_from = [moment.today, moment.as_of, moment.recorded if moment.pinned else self.version]
        parts = [what, filters, self.language if self.query.q else "", *seen_from, *also]
        key = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
        found = caches[PROCESS].get(key) if self.settled else None
        if found is None:
            found = make()
            if self.settled:
                caches[PROCESS].set(key, found)
        return found

    @property
    def pin(self) -> datetime | None:
        """The instant that makes this view permanent; None while a deed at work may still change it."""
        if self.moment.pinned:
            return self.moment.recorded
        return self.version.pin if self.settled else None

    @property
    def bound(self) -> Query:
        """The query that asks for this view for ever: bound to the pin, which there must be."""
        return bind(self.query, given(self.pin), ZONE)

    def etag(self, face: str, stamp: str = "") -> str:
        """Rule 12: what the bytes depend on. A day that has passed needs no today, a pin no version. `stamp`: of what
        the face tells beside the record, and that has no history."""
        parts = [face, self.language, canonical(self.query), settings.RELEASE, stamp]
        if not self.moment.pinned:
            # The same version once read without a pin, once with one, are two answers.
            parts.append(f"{self.version} {self.settled}")
            day = self.moment.now.astimezone(ZONE).date()
            if self.moment.as_of is None or self.moment.as_of >= day:
                parts.append(day.isoformat())
        return 'W/"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + '"'

    @property
    def modified(self) -> datetime:
        """The last instant at which the bytes may have changed: the record, the day that the reader looks from, or the
        code that makes the answer."""
        instants = [settings.RELEASED]
        if self.moment.pinned:
            instants.append(self.moment.recorded)
        else:
            today = self.moment.now.astimezone(ZONE).date()
            instants += [self.version.pin or settings.RELEASED, start_of(today, ZONE)]
        return max(instants)


def stood(request) -> Standing:
    """What stood when the request came: to be read before anything else of which its answer tells, once."""
    if not hasattr(request, "standing"):
        request.standing = STANDS.fresh(datetime.now(UTC))
    return request.standing


def ask(params: QueryDict, now: datetime | None = None, *, stands: Standing | None = None) -> Asked:
    """Read the parameters of a request made at `now`, an aware instant; without it, now. `stands`: what stands then, if
    it was read. Raises BadQuery for those that the grammar refuses."""
    stands = stands or standing(now or datetime.now(UTC))
    now = stands.now
    version, settled = _settled(stands.version, now)
    names = stands.names if version == stands.version else ""
    if version.recorded is not None:
        # The database's clock may be ahead of this machine's: a fresh stamp must not lie in the future.
        now = max(now, version.recorded)
    query = parse(
        params,
        topics=lambda: vocabulary(names or version, now).topics,
        actors=lambda: vocabulary(names or version, now).actors,
    )
    try:
        seen_from = moment(now=now, zone=ZONE, as_of=query.as_of, recorded=query.recorded)
    except TooLate as error:
        raise BadQuery((BadParameter(error.name, params.get(error.name, ""), latest_words(error.latest)),)) from error
    if seen_from.pinned and not version.holds(seen_from.recorded) and replicas.leave():
        return ask(params, now)  # The replica may still want a deed stamped before the pin.
    return Asked(query, seen_from, get_language(), version, settled, names)


def latest_words(latest) -> str:
    """What is allowed, for a moment that is too late."""
    if isinstance(latest, datetime):
        return _("an instant up to now, %(instant)s") % {"instant": utc_text(latest.replace(microsecond=0))}
    return _("a day up to tomorrow, %(day)s") % {"day": latest.isoformat()}


def _settled(version: Version, now: datetime) -> tuple[Version, bool]:
    """The version, waited for if a deed at work may still have a smaller stamp than its pin, and whether it is safe to
    pin. Waited for once: what was settled stays so."""
    if version.is_settled or caches[PROCESS].get(f"settled-{version}"):
        return version, True
    try:
        version = Revision.objects.settled(now)
    except OperationalError:
        return version, False
    caches[PROCESS].set(f"settled-{version}", True)
    return version, True


def face(
    name: str,
    *,
    speaks: str = "html",
    also: tuple[str, ...] = (),
    stamp: Callable[[Standing], str] = lambda _stands: "",
    refusal: Callable = refuse,
    once: bool = False,
) -> Callable:
    """Make a view a public face: view(request, asked, …) -> HttpResponse. `speaks` is the form of its refusals: html,
    json or text. `also`: parameters that only this face reads, and that no address of ours repeats. `stamp` gives what
    changes with the face's other matter, of which the record keeps no history, from what stood when the request
    came. `refusal` answers a bad query, as
    `refuse` does: a page with a form of its own tells the fault beside its field. `once`: it stands once, and `lang`
    chooses its language; everywhere else the path does, and `lang` means nothing."""

    def decorate(view):
        # Nothing here writes, so a request that would is told so, and not asked for a token.
        @csrf_exempt
        @wraps(view)
        def answer(request, *args, **kwargs) -> HttpResponse:
            request.speaks = speaks
            if not once:
                return _answer(request, *args, **kwargs)
            request.language_asked = _language(request)
            with override(request.language_asked):
                response = _answer(request, *args, **kwargs)
                response.headers["Content-Language"] = get_language()
                return response

        def _answer(request, *args, **kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return not_allowed(request, speaks)
            params = _params(request, once=once)
            try:
                stands = stood(request)
                asked = ask(params, stands=stands)
                own = _own(request.GET, also)
                other = stamp(stands)
                etag = asked.etag(" ".join([name, request.path, *own]), other)
                modified = None if other or asked.moment.now - asked.modified < SURE else asked.modified
                known = is_known(request, etag, modified)
                response = HttpResponseNotModified() if known else view(request, asked, *args, **kwargs)
                pinned = asked.moment.pinned and not other
                conditions(memento.mark(response, asked, request.path, face=name), etag, modified, pinned=pinned)
                if response.status_code == 200 and request.method == "GET" and asked.settled:
                    token = "" if pinned else replace(stands, version=asked.version).token
                    marked(response).keep = Keep(token, None if other else asked.modified)
                return response
            except Http404:
                return conditions(not_found(request), "", None)
            except BadQuery as fault:
                return refusal(request, *without(params, fault), speaks)
            except BadCursor as cursor:
                wrong = BadQuery((BadParameter("cursor", str(cursor), _("the cursor of a page’s own next link")),))
                return refusal(request, *without(params, wrong), speaks)

        return answer

    return decorate


def _own(params: QueryDict, names: tuple[str, ...]) -> list[str]:
    """The values of the parameters that only this face reads. BadQuery for one that is repeated."""
    given = ((name, [text for text in params.getlist(name) if text.strip()]) for name in names)
    faults = tuple(filter(None, (repeated(name, texts) for name, texts in given)))
    if faults:
        raise BadQuery(faults)
    return [params.get(name, "") for name in names]


def _language(request) -> str:
    """The language that `lang` asks for; English where it asks for none, or for what the grammar then refuses."""
    asked = request.GET.get("lang", "").strip().lower()
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _params(request, *, once: bool) -> QueryDict:
    if once or "lang" not in request.GET:
        return request.GET
    params = request.GET.copy()
    del params["lang"]
    return params


def without(params: QueryDict, fault: BadQuery) -> tuple[BadQuery, Asked]:
    """All faults, and what is asked by the parameters that have none: a refusal keeps them.

    A moment that is too late shows only once the rest can be read; it is a fault of its own. A parameter that hangs on
    one at fault (an order by relevance on the words) goes with it.
    """
    kept, faults = params.copy(), fault.faults
    while True:
        for one in fault.faults:
            kept.pop(one.name, None)
        try:
            return BadQuery(faults), ask(kept)
        except BadQuery as more:
            fault = more
            faults += tuple(one for one in more.faults if one.name in ("as_of", "recorded"))
