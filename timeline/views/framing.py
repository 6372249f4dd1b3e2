"""Who may show an answer in a frame: anyone the embed, nobody anything else."""

from collections.abc import Callable
from functools import wraps

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

NAME = "embed"
# The embed runs no script, sends no form and asks for nothing later, so its policy is stricter for all else.
POLICY = {"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]}


def framable(view: Callable) -> Callable:
    """Make all that a view answers, refusals and 304 included, fit for the frame of any other site. It stands above
    every decorator that answers by itself."""

    @xframe_options_exempt
    @csp_replace(POLICY)
    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def in_frame(request) -> bool:
    """Whether the address of the request is the embed's."""
    return request.resolver_match is not None and request.resolver_match.url_name == NAME
