"""Every address there is, from the table of addresses itself: a new face is asked like all others."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

# What stands in a path, by the name that the pattern gives it: first what is there in the shipped record.
SLUGS = ("term-ends-2036", "an-event-of-nobody", "zqfuzz", "x" * 80, "-", "0")
PARTS = {"name": ("zq-named", "none", "zqfuzz"), "face": ("event", "timeline", "embed"), "uidb36": ("1", "zz", "0")}
PARTS |= {"key": ("set-password", "zqfuzz-0", "a-b"), "url": ("nowhere/", "zqfuzz"), "app_label": ("tracker",)}
NUMBERS = ("1", "0", "999999999", "9223372036854775808", "9" * 400)
STATIC = (
    "/static/site/site.css",
    "/static/none.js",
    "/static/",
    "/static/../settings.py",
    "/static/%2e%2e/%2e%2e/manage.py",
)
ELSEWHERE = (
    "/nowhere/",
    "/zqfuzz",
    "/favicon.ico",
    "/.well-known/",
    "/.well-known/change-password",
    "/.git/HEAD",
    "/.env",
)
ELSEWHERE += (
    "/wp-login.php",
    "/es",
    "/fr/",
    "/es/fr/",
    "/de/",
    "/index.html",
    "/api",
    "/api/v2/",
    "/embed",
    "/EVENTS.JSON",
)
COSTLY = ("docx", "pptx", "pdf", "zip", "png", "xlsx")


@dataclass(frozen=True, slots=True)
class Place:
    """A path to ask for. `desk`: of the desk or of signing in. `costly`: a file that takes long to make."""

    path: str
    desk: bool = False
    costly: bool = False


def places(slugs: tuple[str, ...] = SLUGS) -> list[Place]:
    """Every address once for each language, with each of a few parts in its gaps, and some that are none."""
    found = []
    for path in [*_all(get_resolver(), [""], slugs), *STATIC, *ELSEWHERE]:
        languages = ("", "/es", "/fr") if _has_languages(path) else ("",)
        for language in languages:
            desk = path.startswith(("/admin", "/accounts"))
            found.append(Place(language + path, desk, path.endswith(COSTLY)))
    return list({place.path: place for place in found}.values())


def _has_languages(path: str) -> bool:
    once = (
        "/admin",
        "/accounts",
        "/api",
        "/oembed",
        "/embed.js",
        "/sitemap",
        "/robots",
        "/health",
        "/metrics",
        "/static",
    )
    return not path.startswith((*once, "/static", "/.well-known"))


def _all(resolver: URLResolver, before: list[str], slugs: tuple[str, ...]) -> Iterator[str]:
    for one in resolver.url_patterns:
        paths = [prefix + part for prefix in before for part in _parts(one, slugs)]
        if isinstance(one, URLResolver):
            yield from _all(one, paths, slugs)
        else:
            yield from (f"/{path}" for path in paths)


def _parts(one: URLPattern | URLResolver, slugs: tuple[str, ...]) -> list[str]:
    """What a pattern may stand for."""
    pattern = one.pattern
    if isinstance(pattern, RegexPattern):
        names = list(pattern.regex.groupindex)
        if names == ["uidb36", "key"]:
            return ["password/reset/key/1-set-password/", "password/reset/key/zz-zqfuzz/", "password/reset/key/0-0/"]
        if names == ["event", "face"]:
            return [f"1/{face}/" for face in PARTS["face"]]
        return [PARTS[name][0] for name in names] or [""]
    if not isinstance(pattern, RoutePattern):
        return [""]  # The languages, which are said above.
    texts = [str(pattern)]
    for name, converter in pattern.converters.items():
        number = type(converter).__name__ == "IntConverter"
        choices = NUMBERS if number or name in ("object_id", "id") else PARTS.get(name, slugs)
        marked = [part for part in str(pattern).split("<") if part.partition(">")[0].rpartition(":")[2] == name]
        gap = f"<{marked[0].partition('>')[0]}>"
        texts = [text.replace(gap, choice) for text in texts for choice in choices]
    return texts
