"""The middleware that refuses what one client asks for too often. It stands before the answers that are kept, so that
what is counted does not hang on what somebody else asked for before."""

import time
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from tracker.rates.bucket import Buckets, Rate
from tracker.rates.kinds import Kind, kind_of
from tracker.signing.address import client_address, household

COUNTED = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})  # OPTIONS only asks what is allowed.
# A header of some length is one that somebody made: read each time, it fills no memory.
_REMEMBERED = 200


class Rates:
    """`clock` gives seconds that only grow. Limits are read once, when the process starts: `settings.LIMITS`, requests
    a minute by kind; `settings.LIMIT_LOOPBACK`, whether clients on this machine are limited too."""

    def __init__(
        self, get_response: Callable[[HttpRequest], HttpResponse], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.get_response = get_response
        self._clock = clock
        self._buckets = {kind: Buckets(Rate(settings.LIMITS[kind])) for kind in Kind if settings.LIMITS[kind]}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        kind = kind_of(request.path_info, meta.get("QUERY_STRING", ""))
        if kind is None or kind not in self._buckets or request.method not in COUNTED:
            return self.get_response(request)
        client = _client(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
        wait = self._buckets[kind].take(client, now=self._clock()) if client else 0.0
        return self._refused(request, kind, wait) if wait else self.get_response(request)

    def _refused(self, request: HttpRequest, kind: Kind, wait: float) -> HttpResponse:
        seconds = max(1, int(wait) + (wait > int(wait)))
        response: HttpResponse = import_string(settings.TOO_OFTEN_VIEW)(request, seconds)
        response.headers["Retry-After"] = str(seconds)
        # draft-ietf-httpapi-ratelimit-headers-10: q requests within w seconds; none remain (r) for t seconds.
        response.headers["RateLimit-Policy"] = f'"{kind}";q={settings.LIMITS[kind]};w=60'
        response.headers["RateLimit"] = f'"{kind}";r=0;t={seconds}'
        response.headers["Cache-Control"] = "no-store"
        return response


def _client(remote: str, forwarded: str) -> str:
    """Who is counted as one: a household. Empty for whom nobody is counted: a client on this machine, which may be a
    proxy that TRUSTED_PROXIES does not tell of, unless settings.LIMIT_LOOPBACK; one without any address."""
    read = _household if len(forwarded) <= _REMEMBERED else _household.__wrapped__
    return read(remote, forwarded, settings.TRUSTED_PROXIES, limit_loopback=settings.LIMIT_LOOPBACK)


@lru_cache(maxsize=4096)
def _household(remote: str, forwarded: str, proxies: int, *, limit_loopback: bool) -> str:
    address = client_address(remote, forwarded, proxies=proxies)
    if address is None or (ip_address(address).is_loopback and not limit_loopback):
        return ""
    return household(address)
