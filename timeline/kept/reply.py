"""What a reader is given of a kept answer: all of it, in the best coding, or that nothing has changed."""

from calendar import timegm
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from timeline.kept.answer import OF_EACH, Answer, Keep
from timeline.kept.codings import IDENTITY, coded, quickly_coded, wanted
from timeline.kept.notice import is_page, with_notice

# HTTP counts in whole seconds: before this long nobody knows whether a second change will bear the same time.
SURE = timedelta(seconds=2)
STALE = "X-Stale"
# What tells of a body has no place where none is sent (RFC 9110, 15.4.5).
_OF_A_BODY = ("Content-Type", "Content-Disposition", "HX-Push-Url")
# What tells of the bytes as they were made, and how long caches may keep those.
_OF_THE_GOOD = ("ETag", "Last-Modified")
# Caches of many readers hold what says that it is a copy no longer than a moment, and never in place of the good one.
_PASSING = {"Cache-Control": "public, max-age=0, s-maxage=1", "CDN-Cache-Control": "max-age=1"}


def known_tags(request) -> set[str]:
    """The tags that the reader has, all as weak ones: RFC 9110, 13.1.2, compares them weakly."""
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    return {tag if tag.startswith("W/") else f"W/{tag}" for tag in tags}


def is_known(request, etag: str, modified: datetime | None) -> bool:
    """Whether the reader has the same bytes already: by the tag, and only without one by the time (RFC
    9110, 13.2.2)."""
    if "If-None-Match" in request.headers:
        return etag in known_tags(request)
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return modified is not None and since is not None and timegm(modified.utctimetuple()) <= since


def taken(response: HttpResponse, keep: Keep, now: datetime, *, face: str = "") -> Answer:
    """The answer to keep of a response of status 200 that is complete, made at `now`, an aware instant, by the face of
    that name."""
    return Answer(
        headers=tuple((name, value) for name, value in response.headers.items() if name not in OF_EACH),
        etag=response.headers["ETag"],
        token=keep.token,
        modified=keep.modified.timestamp() if keep.modified else None,
        at=now.timestamp(),
        bodies=coded(response.content, response.headers["Content-Type"]),
        face=face,
    )


def reply(request, answer: Answer, now: datetime, *, stale: bool = False) -> HttpResponse:
    """The response to one reader. `stale`: a copy that stands in for what cannot be made now; a page says so in a line,
    which no tag of the page's own stands for."""
    # For who counts (tracker/middleware/observed.py).
    request.kept_face, request.kept = answer.face, "stale" if stale else getattr(request, "kept", "made")
    modified = None if answer.modified is None else datetime.fromtimestamp(answer.modified, UTC)
    if modified is not None and now - modified < SURE:
        modified = None
    headers = dict(answer.headers)
    if modified is not None:
        headers["Last-Modified"] = http_date(timegm(modified.utctimetuple()))
    if stale:
        headers |= {STALE: "1", "Age": str(max(0, int(now.timestamp() - answer.at)))}
        if is_page(answer):
            return _said_to_be_a_copy(request, answer, headers)
    if is_known(request, answer.etag, modified):
        for name in _OF_A_BODY:
            headers.pop(name, None)
        return HttpResponseNotModified(headers=headers)
    coding = _best(request, answer)
    if coding != IDENTITY:
        headers["Content-Encoding"] = coding
    headers["Content-Length"] = str(len(answer.bodies[coding]))
    return HttpResponse(answer.bodies[coding], headers=headers)


def _said_to_be_a_copy(request, answer: Answer, headers: dict[str, str]) -> HttpResponse:
    """The response with a page that says of what time it is."""
    coding = _best(request, answer)
    body = quickly_coded(with_notice(answer), coding)
    headers = {name: value for name, value in headers.items() if name not in _OF_THE_GOOD} | _PASSING
    if coding != IDENTITY:
        headers["Content-Encoding"] = coding
    return HttpResponse(body, headers=headers | {"Content-Length": str(len(body))})


def _best(request, answer: Answer) -> str:
    """The coding that the reader likes best of those that there are."""
    return next(one for one in wanted(request.META.get("HTTP_ACCEPT_ENCODING", "identity")) if one in answer.bodies)
