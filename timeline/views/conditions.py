"""Conditional answers (RFC 9110, 13): the headers for asking whether something has changed, and for caches."""

from calendar import timegm
from datetime import datetime

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

# A browser asks again at every visit, and shows nothing old meanwhile: `stale-while-revalidate` in a header that
# browsers read would make them do so, so it stands where only caches of many readers look (RFC 9213). Those may give a
# copy of a second without asking, an older one while they ask, and one of a day if nobody answers (RFC 5861).
LIVE = ("public, max-age=0, s-maxage=1, stale-if-error=86400", "max-age=1, stale-while-revalidate=30")
# What is pinned stays, but for the words around it: a later release may put them otherwise, so it is asked for daily.
PINNED = ("public, max-age=0, s-maxage=86400, stale-if-error=86400", "max-age=86400, stale-while-revalidate=86400")
# A refusal is nothing to be kept.
SHORT = "public, max-age=0, must-revalidate"


def conditions(response: HttpResponse, etag: str, modified: datetime | None, *, pinned: bool = False) -> HttpResponse:
    """The response with its tag and time, and with what caches may do. `pinned`: its address means the same for
    ever."""
    if response.status_code in (200, 304):
        shared, targeted = PINNED if pinned else LIVE
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = shared
            response.headers["CDN-Cache-Control"] = f"{targeted}, stale-if-error=86400"
        response.headers["ETag"] = etag
        if modified is not None:
            response.headers["Last-Modified"] = http_date(timegm(modified.utctimetuple()))
    response.headers.setdefault("Cache-Control", SHORT)
    patch_vary_headers(response, ["Accept-Encoding"])  # RFC 9110, 15.4.5: a 304 says it too
    return response
