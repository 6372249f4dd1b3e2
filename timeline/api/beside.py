"""What stands beside the addresses of the API: one that wants its last slash, and one that is none."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve
from django.views.decorators.common import no_append_slash

from timeline.views.elsewhere import open_to_all
from timeline.views.faults import not_found


@no_append_slash  # "/api" stands outside.
@open_to_all
def beside(request) -> HttpResponse:
    """Answers as the address with its last slash would, for a browser lets no script follow a redirect that its
    origin may not read; 404 where that is none either."""
    if request.path_info.endswith("/"):
        return not_found(request)
    match = resolve(f"{request.path_info}/")
    if match.url_name == "api-beside":
        return not_found(request)
    if match.url_name == "api":  # A page, for people: it stands at one address.
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    request.path, request.path_info, request.resolver_match = f"{request.path}/", f"{request.path_info}/", match
    return match.func(request, *match.args, **match.kwargs)
