"""The language of a request: the path's alone (`/`, `/es/`, `/fr/`); at the desk, the user's own; while signing in,
the one asked for (`?lang=`), else the browser's.

Django's LocaleMiddleware is not used: it adds `Vary: Accept-Language` and redirects by header, which would give one
address several contents.
"""

from django.conf import settings
from django.utils import translation

DESK = ("/admin/", "/accounts/")


class Language:
    def __init__(self, get_response):
        self.get_response = get_response
        self.all = {code for code, _ in settings.LANGUAGES}
        self.others = self.all - {settings.LANGUAGE_CODE}

    def __call__(self, request):
        # Not every path begins with a slash: `OPTIONS *` asks of the whole server (RFC 9112, 3.2.4).
        first = request.path_info[1:].partition("/")[0]
        language = first if first in self.others else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if not request.path_info.startswith(DESK):
            response.headers.setdefault("Content-Language", language)
        return response

    def process_view(self, request, view, args, kwargs):
        # Runs inside the override above, after the session is known.
        if not request.path_info.startswith(DESK):
            return
        # These pages are never kept in a cache, so the header may speak. It does so first: while the database is away
        # nobody is known.
        asked = request.GET.get("lang")
        self._speak(request, asked if asked in self.all else translation.get_language_from_request(request))
        if request.user.is_authenticated:
            self._speak(request, request.user.language)

    @staticmethod
    def _speak(request, language: str) -> None:
        translation.activate(language)
        request.LANGUAGE_CODE = language
