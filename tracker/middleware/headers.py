"""The headers that every answer bears, whoever made it: the first of the middleware, so that refusals of the others,
static files and errors have them too."""

import re
from collections.abc import Callable
from functools import cache

from csp.constants import HEADER as POLICY
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.middleware.language import DESK
from tracker.middleware.policy import Policy

# Of a browser's abilities (Permissions Policy), those that somebody could misuse: the site asks for none of them. Only
# names that browsers know by default, for each other one is a warning on the console of every page.
_DENIED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "compute-pressure"),
    *("cross-origin-isolated", "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation"),
    *("gyroscope", "hid", "identity-credentials-get", "idle-detection", "keyboard-map", "local-fonts", "magnetometer"),
    *("microphone", "midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking"),
)
_PASSKEYS = ("publickey-credentials-create", "publickey-credentials-get")
ACCOUNTS = "/accounts/"
# Where somebody signs out: what the browser keeps of the desk is to go. Cookies are not named here, since browsers
# would delete those of every site under the same domain too; ours is deleted by itself.
SIGN_OUT = ("/accounts/logout/", "/admin/logout/")
# An embed, in each language, its last slash left out or not.
_EMBED = re.compile(r"(/[a-z]{2})?/embed(/[^/]+)?/?")
CLEARED = '"cache", "storage"'


def permissions(*, passkeys: bool) -> str:
    """The Permissions-Policy. Pages of the site copy to the clipboard; those of signing in ask for passkeys."""
    own = ("clipboard-write", *(_PASSKEYS if passkeys else ()))
    denied = _DENIED if passkeys else (*_DENIED, *_PASSKEYS)
    values = dict.fromkeys(denied, "()") | dict.fromkeys(own, "(self)")
    return ", ".join(f"{name}={values[name]}" for name in sorted(values))


@cache
def _always(*, accounts: bool) -> tuple[tuple[str, str], ...]:
    """What every answer bears, unless it says otherwise itself."""
    return (
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", permissions(passkeys=accounts)),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Permitted-Cross-Domain-Policies", "none"),
    )


def _transport() -> str:
    """Strict-Transport-Security (RFC 6797); empty where the site is not by HTTPS."""
    if not settings.SECURE_HSTS_SECONDS:
        return ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._policy = Policy(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        if response.status_code == 301 and _EMBED.fullmatch(request.path_info):
            headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")  # As of the embed that it leads to.
        for name, value in _always(accounts=request.path_info.startswith(ACCOUNTS)):
            headers.setdefault(name, value)
        if POLICY not in headers:
            # What came by no view: static files, redirects to HTTPS, errors and refusals of the middleware.
            self._policy.process_response(request, response)
        if response.status_code >= 400:
            headers.setdefault("Cache-Control", "no-store")
        if (transport := _transport()) and request.is_secure():
            headers.setdefault("Strict-Transport-Security", transport)
        if request.path_info.startswith(DESK):
            headers.setdefault("Cache-Control", "no-store")
            if request.method == "POST" and request.path_info in SIGN_OUT:
                headers["Clear-Site-Data"] = CLEARED
        return response
