"""The gate of the desk: whoever has not signed in with both factors gets no further than what is still owed."""

import time

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tracker.models.limits import SignInCount
from tracker.signing.lasting import Cause, still_good
from tracker.signing.owed import Owed, owed

DESK, ACCOUNTS = "/admin/", "/accounts/"
ALWAYS = frozenset({"admin:login", "admin:logout", "account_logout", "still-here"})
WAY_ON = {
    Owed.SIGN_IN: "account_login",
    Owed.CODE: "mfa_reauthenticate",
    Owed.PASSWORD: "admin:password_change",
    Owed.SET_UP: "mfa_index",
}
LEADS_BACK = {Owed.SIGN_IN, Owed.CODE}
# What each debt may open besides; all else leads to the way on.
OPEN = {
    Owed.CODE: {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"},
    Owed.PASSWORD: {"admin:password_change"},
    Owed.SET_UP: {
        "admin:password_change",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    },
}


class Gate:
    """Stands before every view under /admin/, and before the pages of one's own account once signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith((DESK, ACCOUNTS)):
            # Nothing of the desk may come back from a cache after signing out.
            patch_cache_control(response, no_store=True)
        return response

    def process_view(self, request, view, args, kwargs):
        desk = request.path_info.startswith(DESK)
        if not desk and not request.path_info.startswith(ACCOUNTS):
            return None
        if request.method == "POST" and not desk:
            _must_be_writable()
        name = request.resolver_match.view_name
        if request.user.is_authenticated:
            _end_if_over(request, counts=name != "still-here")
        debt = owed(request)
        if debt is Owed.NOTHING or (debt is Owed.SIGN_IN and not desk):
            return None
        if name in ALWAYS or name in OPEN.get(debt, ()):
            return None
        return _refused(request, debt)


def _must_be_writable() -> None:
    """Raises DatabaseError where the database takes no changes, so that whoever signs in is told that: attempts could
    not be counted, which the cache of the limits would take for too many of them."""
    SignInCount.objects.filter(kind="", subject="").delete()


def _end_if_over(request, *, counts: bool) -> None:
    cause = still_good(request, now=time.time(), counts=counts)
    if cause is None:
        return
    request.session_ended = cause.value  # For the log, which hears of every sign-out.
    logout(request)
    words = {
        Cause.IDLE: _("You were signed out, since nothing had been done for a while."),
        Cause.OVER: _("You were signed out, since your session had lasted for its longest."),
    }
    messages.info(request, words[cause])


def _refused(request, debt: Owed) -> HttpResponse:
    """The way to what is owed; a script, whose page may hold typed work, is told and not sent away."""
    if request.htmx or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or _is_ajax(request):
        words = _("You are not signed in, or not with both factors. Nothing was sent.")
        response = HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")
        response.headers["HX-Trigger"] = "signed-out"
        return response
    address = resolve_url(WAY_ON[debt])
    if debt in LEADS_BACK:
        address += f"?{urlencode({'next': request.get_full_path()})}"
    return redirect(address)


def _is_ajax(request) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"
