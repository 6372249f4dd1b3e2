"""Who may show an answer in a frame: anyone the embed, a named one those whom the desk says, nobody anything else."""

import re
from collections.abc import Callable, Sequence
from functools import wraps

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

NAME = "embed"
NAMED = "embed-named"
NAMES = (NAME, NAMED)
# The embed runs one script, sends no form and asks for nothing later, so its policy is stricter for all else: that
# script makes no markup of texts either (Trusted Types).
POLICY = {
    "script-src": [SELF],
    "connect-src": [NONE],
    "form-action": [NONE],
    "frame-src": [NONE],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": [NONE],
}
# A source of frame-ancestors (CSP 3, 2.3.1: host-source without a path). Nothing else may reach the header.
_SITE = re.compile(
    r"(https?://)?(\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?"
)


def framable(view: Callable) -> Callable:
    """Make all that a view answers, refusals and 304 included, fit for the frame of another site: of any, or of those
    that the view itself, or one before it, kept by `only_for`. It stands above every decorator that answers by
    itself."""

    @xframe_options_exempt
    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        policy = POLICY | {"frame-ancestors": getattr(request, "framed_by", ["*"])}
        return csp_replace(policy)(lambda _request: response)(request)

    return answer


def only_for(request, hosts: Sequence[str]) -> None:
    """Keep that only these sites may show what the request is answered, if any are named. What is no site is passed
    over; where none is left, nobody may."""
    if hosts:
        request.framed_by = [site for site in map(site_of, hosts) if site] or [NONE]


def site_of(text: str) -> str:
    """A site as `frame-ancestors` takes it, such as "https://news.example", "*.news.example" or "localhost:8080"; empty
    for what is none. A slash at the end is left out."""
    text = text.strip().lower().removesuffix("/")
    return text if _SITE.fullmatch(text) else ""


def in_frame(request) -> bool:
    """Whether the address of the request is the embed's."""
    return request.resolver_match is not None and request.resolver_match.url_name in NAMES
