"""Conditional answers (RFC 9110, 13): whether a reader has the same bytes already, and the headers for asking so."""

from calendar import timegm
from datetime import datetime

from django.http import HttpResponse
from django.utils.cache import parse_etags, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe


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


def conditions(response: HttpResponse, etag: str, modified: datetime | None) -> HttpResponse:
    response.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    patch_vary_headers(response, ["Accept-Encoding"])  # RFC 9110, 15.4.5: a 304 says it too
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if modified is not None:
            response.headers["Last-Modified"] = http_date(timegm(modified.utctimetuple()))
    return response
