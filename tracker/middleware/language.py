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
        first = request.path_info.split("/", 2)[1]
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
        if request.user.is_authenticated:
            language = request.user.language
        else:
            # These pages are never kept in a cache, so the header may speak.
            asked = request.GET.get("lang")
            language = asked if asked in self.all else translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
