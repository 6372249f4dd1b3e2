"""414 for an address that is longer than any of this site, in the form that it speaks (settings.TOO_LONG_VIEW)."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from timeline.formats.registry import JSON, TEXT
from timeline.views.elsewhere import open_to_all
from timeline.views.faults import plain, problem
from timeline.views.too_often import form_of_path, language_of_path, page_of

SHORT = 200  # characters of a path that a page may name as its own


def too_long(request: HttpRequest, most: int) -> HttpResponse:
    """The refusal; `most` is how many characters an address may have."""
    with translation.override(language_of_path(request)):
        words = _("The address is too long: an address of this site has at most %(most)s characters.") % {"most": most}
        form = form_of_path(request.path_info)
        if form == JSON:
            response = open_to_all(lambda _request: problem(414, words))(request)
        elif form == TEXT:
            response = open_to_all(lambda _request: plain(414, words))(request)
        else:
            # The page says where it is, and leads to other languages of itself: not by what is too long.
            request.GET, request.META["QUERY_STRING"] = QueryDict(), ""
            if len(request.path_info) > SHORT:
                request.path = request.path_info = "/"
            response = page_of(request, "bad_request.html", {"words": words}, status=414)
        response.headers["Content-Language"] = translation.get_language()
    return response
