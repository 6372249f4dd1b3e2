"""Acts that ask who it is once more: a session left open at a desk changes no roles and no second factors."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import urlencode

# A form opened within the limit may take this many seconds to be filled in.
FILLING = 600


def recently_authenticated(request, *, now: float | None = None) -> bool:
    """Whether the session signed in, or showed its password or a factor once more, within the last
    ACCOUNT_REAUTHENTICATION_TIMEOUT seconds; ten minutes more for a form that is sent. `now` is a Unix time."""
    limit = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + (FILLING if request.method == "POST" else 0)
    moments = [
        record["at"] for record in get_authentication_records(request, request.user) if record.get("reauthenticated")
    ]
    return bool(moments) and (time.time() if now is None else now) - moments[-1] < limit


def require_recent(request) -> HttpResponseRedirect | None:
    """The way to the page that asks for the password or a factor once more and leads back here; None if it was shown
    recently enough. For views: `if response := require_recent(request): return response`."""
    if recently_authenticated(request):
        return None
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}")
