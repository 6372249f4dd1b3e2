"""What the pages of signing in show around their forms: the desk's names, their own, the languages, and whether
passkeys work where the browser is."""

from ipaddress import ip_address

from django.conf import settings
from django.contrib.admin import site
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TITLES = {
    "account_login": _("Sign in"),
    "account_logout": _("Sign out"),
    "account_inactive": _("This account does not open the desk"),
    "account_reauthenticate": _("Is it you?"),
    "account_reset_password": _("A new password by mail"),
    "account_reset_password_done": _("Look into your mail"),
    "account_reset_password_from_key": _("Choose a new password"),
    "account_reset_password_from_key_done": _("Your password is changed"),
    "mfa_index": _("Your second factors"),
    "mfa_authenticate": _("Second factor"),
    "mfa_reauthenticate": _("Second factor"),
    "mfa_reauthenticate_webauthn": _("Second factor"),
    "mfa_activate_totp": _("Set up an authenticator app"),
    "mfa_deactivate_totp": _("Remove the authenticator app"),
    "mfa_view_recovery_codes": _("Recovery codes"),
    "mfa_generate_recovery_codes": _("New recovery codes"),
    "mfa_list_webauthn": _("Passkeys and keys"),
    "mfa_add_webauthn": _("Add a passkey"),
    "mfa_edit_webauthn": _("Rename a key"),
    "mfa_remove_webauthn": _("Remove a key"),
}


def frame(request: HttpRequest) -> dict:
    """Template context for addresses under /accounts/, nothing elsewhere."""
    if not request.path_info.startswith("/accounts/"):
        return {}
    found = request.resolver_match
    return {
        "site_header": site.site_header,
        "site_title": site.site_title,
        "title": TITLES.get(found.view_name, "") if found else "",
        "sign_in_languages": _languages(request),
        "passkeys": _passkeys(request),
    }


def _languages(request) -> list[dict]:
    """The same page in each language."""
    rows = []
    for code, name in settings.LANGUAGES:
        query = request.GET.copy()
        query["lang"] = code
        rows.append({"code": code, "name": name, "now": code == get_language(), "address": f"?{query.urlencode()}"})
    return rows


def _passkeys(request) -> dict:
    """`work`: whether the browser has passkeys for this host. It has none for a host that is a number; `elsewhere` is
    then the same page under a name, if this machine is the browser's own."""
    try:
        whole = request.get_host()
    except DisallowedHost:
        # The page that refuses the request asks too.
        return {"work": False, "elsewhere": ""}
    host, _colon, port = whole.rpartition(":") if _has_port(whole) else (whole, "", "")
    try:
        number = ip_address(host.strip("[]"))
    except ValueError:
        return {"work": request.is_secure() or host == "localhost", "elsewhere": ""}
    here = f"http://localhost{':' + port if port else ''}{request.get_full_path()}" if number.is_loopback else ""
    return {"work": False, "elsewhere": here}


def _has_port(host: str) -> bool:
    return ":" in host.rpartition("]")[2]
