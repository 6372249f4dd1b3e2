"""What a reader is given of a kept answer: all of it, in the best coding, or that nothing has changed."""

from calendar import timegm
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import parse_etags
from django.utils.http import http_date, parse_http_date_safe

from timeline.kept.answer import OF_EACH, Answer, Keep
from timeline.kept.codings import IDENTITY, coded, wanted

# HTTP counts in whole seconds: before this long nobody knows whether a second change will bear the same time.
SURE = timedelta(seconds=2)
STALE = "X-Stale"
# What tells of a body has no place where none is sent (RFC 9110, 15.4.5).
_OF_A_BODY = ("Content-Type", "Content-Disposition", "HX-Push-Url")


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


def taken(response: HttpResponse, keep: Keep, now: datetime) -> Answer:
    """The answer to keep of a response of status 200 that is complete, made at `now`, an aware instant."""
    return Answer(
        headers=tuple((name, value) for name, value in response.headers.items() if name not in OF_EACH),
        etag=response.headers["ETag"],
        token=keep.token,
        modified=keep.modified.timestamp() if keep.modified else None,
        at=now.timestamp(),
        bodies=coded(response.content, response.headers["Content-Type"]),
    )


def reply(request, answer: Answer, now: datetime, *, stale: bool = False) -> HttpResponse:
    """The response to one reader. `stale`: a copy that stands in for what cannot be made now."""
    modified = None if answer.modified is None else datetime.fromtimestamp(answer.modified, UTC)
    if modified is not None and now - modified < SURE:
        modified = None
    headers = dict(answer.headers)
    if modified is not None:
        headers["Last-Modified"] = http_date(timegm(modified.utctimetuple()))
    if stale:
        headers |= {STALE: "1", "Age": str(max(0, int(now.timestamp() - answer.at)))}
    if is_known(request, answer.etag, modified):
        for name in _OF_A_BODY:
            headers.pop(name, None)
        return HttpResponseNotModified(headers=headers)
    coding = next(one for one in wanted(request.META.get("HTTP_ACCEPT_ENCODING", "identity")) if one in answer.bodies)
    if coding != IDENTITY:
        headers["Content-Encoding"] = coding
    headers["Content-Length"] = str(len(answer.bodies[coding]))
    return HttpResponse(answer.bodies[coding], headers=headers)
