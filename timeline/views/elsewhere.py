"""What programs of other sites may read: any origin may ask, with conditions, and see the headers that matter."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

SEEN = "ETag, Last-Modified, Link, Memento-Datetime, Retry-After, Content-Disposition"
# If-None-Match makes a browser ask first (Fetch, 3.2: it is no header that is always safe).
ASKED = "Accept, Accept-Language, If-None-Match, If-Modified-Since"
ALLOWED = "GET, HEAD, OPTIONS"
ONE_DAY = "86400"


def open_to_all(view: Callable) -> Callable:
    """Let any origin read all that a view answers, refusals and 304 included. It stands above every decorator that
    answers by itself."""

    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Allow"] = ALLOWED
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
            response.headers["Access-Control-Allow-Headers"] = ASKED
            response.headers["Access-Control-Max-Age"] = ONE_DAY
        else:
            request.open_to_all = True  # For what is answered in place of the view (timeline/views/faults.py).
            response = view(request, *args, **kwargs)
            response.headers["Access-Control-Expose-Headers"] = SEEN
            if "Allow" in response.headers:
                response.headers["Allow"] = ALLOWED
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return csrf_exempt(answer)
