"""The content policy of every answer (CSP 3): one for pages, one for all else, each always in the same words.

django-csp decides what a view asked for, and puts the directives together in an order that differs from process to
process: a cache that compares, or a person, would take the same policy for another one.
"""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Data, files, pictures and plain words: opened by themselves they load nothing, send nothing, and stand in no frame.
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def in_order(policy: str) -> str:
    """The same policy with its directives by name, `default-src` first: all others are exceptions to it."""
    parts = [part.strip() for part in policy.split(";") if part.strip()]
    return "; ".join(sorted(parts, key=lambda part: (not part.startswith("default-src "), part)))


def is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is a page. A 304 has no type, and a browser goes on with its headers: it is what its face
    speaks, else a file."""
    if response.status_code == 304:
        return getattr(request, "speaks", "") == "html"
    if 300 <= response.status_code < 400 and getattr(request, "open_to_all", False):
        return False  # Django writes a type for a redirect that says nothing.
    return response.status_code != 204 and str(response.headers.get("Content-Type", "")).startswith("text/html")


class Policy(CSPMiddleware):
    """Writes the policy, where the answer has none yet."""

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        asked = hasattr(response, "_csp_replace")  # By the view, for whatever it answers.
        if HEADER not in response.headers and not asked and not is_page(request, response):
            response.headers[HEADER] = NOTHING
        response = super().process_response(request, response)
        if HEADER in response.headers:  # In a development, Django's page of an error goes without.
            response.headers[HEADER] = in_order(response.headers[HEADER])
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response
