"""/metrics for Prometheus, in its text format. Not for the public: for this machine itself, or with METRICS_TOKEN."""

import hmac
from datetime import UTC, datetime
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from tracker.observing import sharing
from tracker.observing.meters import KeptSums, meters
from tracker.observing.state import State

# Any of these says that a proxy on this machine asks for somebody else.
_OF_A_PROXY = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_FORWARDED",
    "HTTP_X_REAL_IP",
    "HTTP_VIA",
)


@require_safe
@cache_control(no_store=True)
def metrics(request: HttpRequest) -> HttpResponse:
    """What all web processes of this server have counted, and how things stand now. 404 for whoever may not know: there
    is nothing here for them."""
    if not may_read(request):
        raise Http404
    counted, folder = meters().registry, sharing.folder()
    if folder is not None:
        counted = CollectorRegistry()
        MultiProcessCollector(counted, str(folder))
    # What is counted stands apart from what is asked now: nobody need ask that to learn its names.
    now = CollectorRegistry(auto_describe=False)
    now.register(KeptSums(counted))
    now.register(State(datetime.now(UTC)))
    pages = [generate_latest(counted), generate_latest(now)]
    return HttpResponse(b"".join(pages), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """Whether it comes from this machine and through no proxy, or with the token."""
    kind, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if kind.lower() == "bearer" and settings.METRICS_TOKEN:
        return hmac.compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())
    if any(name in request.META for name in _OF_A_PROXY):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
