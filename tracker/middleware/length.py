"""No address is longer than any that this site gives: what is, is refused before anybody reads, keeps or counts it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

MOST = 4_000  # characters, as nginx before us takes them (deploy/nginx)
# The server has read each "%xx" of the path already; a character is written in at most twelve signs.
_SHORT = MOST // 12


class Length:
    """Answers 414 (RFC 9110, 15.5.15) by `settings.TOO_LONG_VIEW`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(request.path_info) + len(query) > _SHORT and len(request.get_full_path()) > MOST:
            response: HttpResponse = import_string(settings.TOO_LONG_VIEW)(request, MOST)
            return response
        return self.get_response(request)
