"""The middleware that gives kept answers: it stands before all that makes one, so that most readers cost next to
nothing; and the compression of the answers that are not kept."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware

from timeline.kept.answer import Answer
from timeline.kept.marked import marked
from timeline.kept.process import PROCESS
from timeline.kept.reply import reply, taken
from timeline.kept.shared import MOST, SHARED
from timeline.kept.slot import slot_of
from timeline.kept.standing import AWAY, STANDS
from timeline.kept.turns import TURNS
from tracker.database.lost import is_cancelled
from tracker.middleware.language import DESK

# Nothing below these is ever kept, so nothing is looked up for it.
NEVER = (*DESK, settings.STATIC_URL, "/health/", "/metrics")


class Kept:
    """Gives what is kept, and keeps what a public face has marked by `response.keep`. For the face, `request.standing`
    is what stood when the request came, if it was read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request) -> HttpResponse:
        return self.answer(request, datetime.now(UTC))

    def answer(self, request, now: datetime) -> HttpResponse:
        """The answer to a request that came at `now`, an aware instant."""
        if not _may_be_kept(request):
            return self.get_response(request)
        request.slot, request.came = slot_of(request.path, request.META.get("QUERY_STRING", "")), now
        held = PROCESS.get(request.slot)
        # Where the answer came from, for who counts (tracker/middleware/observed.py).
        request.kept = "shared" if held is None else "process"
        if held is not None and held.stands(STANDS.kept(now)):
            return reply(request, held, now)
        return self._looked_up(request, held or SHARED.get(request.slot), now)

    def _looked_up(self, request, held: Answer | None, now: datetime) -> HttpResponse:
        """The answer where the process has none that surely stands. `held`: one that may."""
        if held is None:
            return self._made(request, now)
        if not held.stands(STANDS.kept(now)):
            if STANDS.is_away(now) and (good := _last_good(request.slot, now)):
                return reply(request, good, now, stale=True)
            try:
                # Read anew, not only a moment ago: what the face makes must be made of no older version.
                request.standing = STANDS.fresh(now)
            except AWAY as error:
                if not is_cancelled(error):
                    STANDS.failed(now, datetime.now(UTC), error)
                good = _last_good(request.slot, now)
                return reply(request, good, now, stale=True) if good else self._made(request, now)
            if not held.stands(request.standing):
                held, request.kept = SHARED.get(request.slot), "shared"  # Another process may have made it meanwhile.
            if held is None or not held.stands(request.standing):
                return self._made(request, now)
        PROCESS.put(request.slot, held)
        return reply(request, held, now)

    def _made(self, request, now: datetime) -> HttpResponse:
        with TURNS.turn(request.slot) as waited:
            held = PROCESS.get(request.slot) or SHARED.get(request.slot) if waited else None
            # What it was made of was read when its own request came, which is not long ago.
            if held is not None and held.at >= now.timestamp() - settings.KEPT_SECONDS:
                request.kept = "process"
                return reply(request, held, now)
            request.kept = "made"
            return self._newly_made(request, now)

    def _newly_made(self, request, now: datetime) -> HttpResponse:
        response = self.get_response(request)
        if good := getattr(response, "good", None):
            return reply(request, good, now, stale=True)
        keep = getattr(response, "keep", None)
        if keep is None or response.cookies or response.headers.get("Vary") != "Accept-Encoding":
            return response
        match = request.resolver_match
        answer = taken(response, keep, now, face=match.view_name if match else "")
        PROCESS.put(request.slot, answer)
        SHARED.put(request.slot, answer)
        return reply(request, answer, now)

    def process_exception(self, request, error: Exception) -> HttpResponse | None:
        """Where the database has failed a view."""
        return _stand_in(request, error) if isinstance(error, AWAY) and hasattr(request, "slot") else None


class Compressed(GZipMiddleware):
    """Django's own, with its padding against guesses of secrets; but what is kept holds none, and is coded once, by
    `Kept`. A file that is written piece by piece is kept too, if it is short enough."""

    def process_response(self, request, response):
        if hasattr(response, "keep") and response.streaming:
            try:
                response = _whole(response)
            except AWAY as error:
                if stands_in := _stand_in(request, error):
                    return stands_in
                raise
        return response if hasattr(response, "keep") else super().process_response(request, response)


def _may_be_kept(request) -> bool:
    if request.method not in ("GET", "HEAD") or request.path_info.startswith(NEVER):
        return False
    try:
        request.get_host()
    except DisallowedHost:
        return False  # Refused further in, as for any other address.
    return True


def _whole(response: StreamingHttpResponse) -> HttpResponseBase:
    """The response with all of its pieces; a long one as it was, and not to be kept."""
    pieces, size, more = [], 0, iter(cast(Iterable[bytes], response.streaming_content))
    for piece in more:
        pieces.append(piece)
        size += len(piece)
        if size > MOST:
            response.streaming_content = chain(pieces, more)
            del marked(response).keep
            return response
    whole = HttpResponse(b"".join(pieces), headers=response.headers)
    marked(whole).keep = marked(response).keep
    return whole


def _stand_in(request, error: Exception) -> HttpResponse | None:
    """Where the database has failed: a response that stands for the last good copy, if there is one."""
    now = datetime.now(UTC)
    if not is_cancelled(error):  # One statement took too long; others are answered.
        STANDS.failed(request.came, now, error)
    good = _last_good(request.slot, now)
    if good is None:
        return None
    response = HttpResponse()
    marked(response).good = good
    return response


def _last_good(slot: str, now: datetime) -> Answer | None:
    """The newest copy that is not too old to stand in."""
    copies = [one for one in (PROCESS.get(slot), SHARED.get(slot)) if one is not None and one.is_good(now)]
    return max(copies, key=lambda one: one.at, default=None)
