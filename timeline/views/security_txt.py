"""`/.well-known/security.txt`: whom to tell of a hole in the site (RFC 9116)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.views.faults import not_allowed, plain
from tracker.requests import Request

LASTS = timedelta(days=180)  # RFC 9116, 2.5.5, advises less than a year.


def security_txt(request: Request) -> HttpResponse:
    """The file; 404 in words where no contact is set, for one without Contact is none (2.5.3)."""
    request.speaks = "text"
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "text")
    contacts = contacts_of(settings.CONTACT_EMAIL, settings.CONTACT_URL)
    if not contacts:
        return plain(404, _("This site has named nobody to write to."))
    response = plain(200, *lines(contacts, now=datetime.now(UTC)))
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def contacts_of(mail: str, page: str) -> list[str]:
    """The contacts as addresses, what is preferred first. A page counts only by HTTPS (2.5.3)."""
    found = [f"mailto:{quote(mail, safe='@+')}"] if mail else []
    return found + ([page] if page.startswith("https://") else [])


def lines(contacts: list[str], *, now: datetime) -> list[str]:
    """The fields, one a line. `now`, an aware instant: the file is good for half a year from the beginning of that day,
    so that it is the same all day long."""
    expires = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + LASTS
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    return [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {languages}",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
