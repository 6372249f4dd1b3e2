"""Every page of the site as an address to open, held to the resolver: an address that stands in no table is a failure.

What is read by people is a page or a part of one; files, feeds and answers for programs are in `FOR_PROGRAMS`. The
desk's pages come from the table of roles (`tests/tracker/test_roles.py`), which is held to the resolver already.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.urls import URLResolver, get_resolver

from tests.tracker.test_roles import EXPECTED, address

READER, BOSS, HALF, FRESH = "reader", "boss", "half", "fresh"
LANGUAGES = ("en", "es", "fr")
PINNED = "/?as_of=2026-06-30&event=us-public-hearing"
# More parameters than are read, and a longer address than any of this site.
MANY, LONG = "/?" + "&".join(["a"] * 1_001), "/?q=" + "x" * 9_000


@dataclass(frozen=True, slots=True)
class Page:
    """One address: the status it answers with, and whose browser opens it: a reader's, an administrator's (BOSS), one
    that has shown its password and owes the code (HALF), one whose account has no second factor yet (FRESH).
    `fragment`: a part of a page, to be put into one; `frame`: made for the frame of another site."""

    address: str
    status: int = 200
    who: str = READER
    fragment: bool = False
    frame: bool = False


# The cookies of a session that may be anybody's: with no database nobody knows.
SOMEBODY = {"sessionid": "a" * 32}
# How the site of `refusing` is served.
REFUSING = {"LIMIT_LOOPBACK": "1", "LIMIT_SEARCH": "1"}
# The public's routes with what is opened of each, without the language: the first is the plain page.
PUBLIC: dict[str, tuple[str, ...]] = {
    "": ("/", PINNED, "/?q=zzz", "/?start=2025-06-01&end=2026-02-28&lanes=kind&layers=links,deadlines"),
    "events/<slug:slug>/": ("/events/us-public-hearing/", "/events/first-joint-review/?as_of=2026-06-30"),
    "clock/": ("/clock/", "/clock/?step=confirmed:all:2029-07-01"),
    "changes/": ("/changes/", "/changes/?since=2025-01-01&kind=hearing"),
    "redline/": ("/redline/", "/redline/?a=2026-05-01&b=2026-10-01", "/redline/?event=us-public-hearing&full=1"),
    "slips/": ("/slips/", "/slips/?kind=hearing"),
    "corrections/": ("/corrections/",),
    "about/": ("/about/",),
    "accessibility/": ("/accessibility/",),
    "privacy/": ("/privacy/",),
    "share/": ("/share/", "/share/?country=MX&look=list"),
}
FRAGMENTS: dict[str, tuple[str, ...]] = {
    "results/": ("/results/?event=us-public-hearing",),
    "events/<slug:slug>/card/": ("/events/us-public-hearing/card/",),
    "clock/results/": ("/clock/results/",),
}
FRAMES: dict[str, tuple[str, ...]] = {
    "embed/": (
        "/embed/",
        "/embed/?look=list&theme=dark",
        "/embed/?look=next&theme=light&country=MX",
        "/embed/?event=us-public-hearing",
    ),
    "embed/<str:name>/": ("/embed/furnished/",),
}
ONCE: dict[str, tuple[str, ...]] = {"api/v1/": ("/api/v1/", "/api/v1/?lang=fr")}
# What is refused or gone, in the form of its face: status and address.
REFUSED: dict[str, int] = {
    "/?from=2026-13": 400,
    "/redline/?a=never": 400,
    "/share/?height=9": 400,
    "/clock/?step=confirmed:all:1999-01-01": 400,
    "/events/a-retracted-event/": 410,
    "/events/nothing-of-that-name/": 404,
}
REFUSED_FRAMES: dict[str, int] = {
    "/embed/?from=2026-13": 400,
    "/embed/nothing-of-that-name/": 404,
    "/embed/?event=a-retracted-event": 200,
}
FOR_PROGRAMS = frozenset(
    {
        *("events/<slug:slug>/timemap/", "changes/marks.json", "picture.png", "events/<slug:slug>/picture.png"),
        *(f"events.{ending}" for ending in ("ics", "csv", "xlsx", "json", "jsonld", "ndjson")),
        *(f"events.{ending}" for ending in ("docx", "pptx", "pdf", "svg", "png", "zip")),
        *("feed.atom", "feed.json", "changes.atom", "changes.json", "oembed", "embed.js", "sitemap.xml", "robots.txt"),
        *(f"api/v1/{part}" for part in ("openapi.json", "events/", "events/<slug:slug>/", "changes/", "clock/")),
        *("api/v1/vocabulary/", "health/live", "health/ready", "metrics", ".well-known/security.txt", "^api/"),
        *("accounts/still-here/", "accounts/2fa/webauthn/login/", "accounts/2fa/recovery-codes/download/"),
    }
)
# Of signing in: route, address and who opens it. A page that only leads on has no line.
ACCOUNTS: dict[str, tuple[Page, ...]] = {
    "accounts/login/": (Page("/accounts/login/"), Page("/accounts/login/?next=/admin/&language=fr")),
    "accounts/logout/": (Page("/accounts/logout/", who=BOSS),),
    "accounts/inactive/": (Page("/accounts/inactive/"),),
    "accounts/reauthenticate/": (Page("/accounts/reauthenticate/", who=BOSS),),
    "accounts/password/reset/": (Page("/accounts/password/reset/"),),
    "accounts/password/reset/done/": (Page("/accounts/password/reset/done/"),),
    "accounts/password/reset/key/done/": (Page("/accounts/password/reset/key/done/"),),
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[^/]{1,200})/$": (
        Page("/accounts/password/reset/key/1-spent/"),
    ),
    "accounts/2fa/": (Page("/accounts/2fa/", who=BOSS), Page("/accounts/2fa/", who=FRESH)),
    "accounts/2fa/authenticate/": (Page("/accounts/2fa/authenticate/", who=HALF),),
    "accounts/2fa/reauthenticate/": (Page("/accounts/2fa/reauthenticate/", who=BOSS),),
    "accounts/2fa/totp/activate/": (Page("/accounts/2fa/totp/activate/", who=FRESH),),
    "accounts/2fa/totp/deactivate/": (Page("/accounts/2fa/totp/deactivate/", who=BOSS),),
    "accounts/2fa/recovery-codes/": (Page("/accounts/2fa/recovery-codes/", who=BOSS),),
    "accounts/2fa/recovery-codes/generate/": (Page("/accounts/2fa/recovery-codes/generate/", who=BOSS),),
    "accounts/2fa/webauthn/": (Page("/accounts/2fa/webauthn/", who=BOSS),),
    "accounts/2fa/webauthn/add/": (Page("/accounts/2fa/webauthn/add/", who=FRESH),),
    "accounts/2fa/webauthn/reauthenticate/": (Page("/accounts/2fa/webauthn/reauthenticate/", who=BOSS),),
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": (Page("/accounts/2fa/webauthn/keys/<passkey>/remove/", who=BOSS),),
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": (Page("/accounts/2fa/webauthn/keys/<passkey>/edit/", who=BOSS),),
}
# What the desk gives its scripts, and the routes of which another event than the first is opened.
DESK_DATA = frozenset({"admin/autocomplete/", "admin/jsi18n/", "admin/tracker/logrow/csv/"})
DESK_PARTS = frozenset({"admin/preview/date/", "admin/tracker/event/similar/", "admin/tracker/source/asked/"})
DESK_EVENTS = {"publish": "draft", "schedule": "draft", "delete": "draft", "unschedule": "scheduled"}
DESK_MORE = (
    *("/admin/tracker/event/?q=tariff&kind=hearing", "/admin/tracker/event/<draft>/change/"),
    *("/admin/tracker/event/<corrected>/history/", "/admin/tracker/event/<retracted>/change/"),
    *(f"/admin/tracker/event/import/<{state}>/" for state in ("staged", "planned", "done")),
    *("/admin/preview/<draft>/timeline/", "/admin/preview/<draft>/embed/"),
)


def routes(patterns: Iterable | None = None, before: str = "") -> Iterator[str]:
    """Every route of the site but those of the desk, which the table of roles holds; the language's prefix left out."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if route.startswith("admin/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def public(language: str = "en") -> list[Page]:
    """The public's pages in a language, those that are refused included."""
    pages = [Page(one) for found in PUBLIC.values() for one in found]
    pages += [Page(one, fragment=True) for found in FRAGMENTS.values() for one in found]
    pages += [Page(one, frame=True) for found in FRAMES.values() for one in found]
    pages += [Page(one, status) for one, status in (REFUSED | {MANY: 400, LONG: 414}).items()]
    pages += [Page(one, status, frame=True) for one, status in REFUSED_FRAMES.items()]
    prefix = "" if language == "en" else f"/{language}"
    return [replace(page, address=prefix + page.address) for page in pages]


def once() -> list[Page]:
    """What stands once: the page of the API, and all pages of signing in."""
    return [Page(one) for found in ONCE.values() for one in found] + [
        one for found in ACCOUNTS.values() for one in found
    ]


def desk() -> list[Page]:
    """Each kind of page of the desk: every address that an administrator is given."""
    found = []
    for route, codes in EXPECTED.items():
        if codes.partition("|")[0][-3:] == "200" and route not in DESK_DATA:
            found.append(Page(_of_the_desk(route), who=BOSS, fragment=route in DESK_PARTS))
    return [*found, *(Page(one, who=BOSS) for one in DESK_MORE), Page("/admin/tracker/event/1/delete/", 403, BOSS)]


def refusing(language: str = "en") -> list[Page]:
    """What a site answers that has no database, and lets a client search once a minute (`REFUSING`)."""
    prefix = "" if language == "en" else f"/{language}"
    pages = [Page("/", 503), Page("/events/any/", 503), Page("/embed/", 503, frame=True)]
    # The first search is let in, and finds no database.
    pages += [Page("/?q=a", 503 if language == "en" else 429), Page("/?q=b", 429), Page("/embed/?q=c", 429, frame=True)]
    return [replace(page, address=prefix + page.address) for page in pages]


def filled(page: Page, ids: dict[str, int]) -> Page:
    """The page with the ids of what `tests.furnished` made in its address."""
    text = page.address
    for name, number in ids.items():
        text = text.replace(f"<{name}>", str(number))
    return replace(page, address=text)


def _of_the_desk(route: str) -> str:
    names = {name: f"<{name}>" for name in ("namedembed", "webhook", "delivery", "user", "logrow")}
    if route.startswith("admin/tracker/event/"):
        names["event"] = next((f"<{of}>" for word, of in DESK_EVENTS.items() if f"/{word}/" in route), "1")
    return address(route, {"event": "1"} | names)
