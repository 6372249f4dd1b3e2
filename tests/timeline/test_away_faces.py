"""While the database is away every face refuses what nobody has asked for yet in its own form, with when to ask again.

The faces are read from the table of addresses, so that a new one cannot be left out.
"""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils.translation import override

from tests.timeline.test_kept_away import lost  # noqa: F401
from timeline import once_urls, urls
from timeline.formats.registry import FORMATS

PAGE, JSON, TEXT = "text/html; charset=utf-8", "application/problem+json", "text/plain; charset=utf-8"
ANSWERED = {"embed-js", "security-txt", "api-beside"}  # ask no database
PAGES = {"home", "results", "event", "card", "clock", "clock-results", "changes", "redline", "slips", "corrections"}
PAGES |= {"about", "accessibility", "privacy", "share", "embed", "embed-named", "api"}
FRAGMENTS = {"results", "card", "clock-results"}
TEXTS = {"timemap", "feed-atom", "changes-atom", "picture", "event-picture", "sitemap", "robots"}
TEXTS |= {form.face for form in FORMATS.values() if form.speaks == "text"}
LANGUAGES = ("en", "es", "fr")


def names(patterns) -> Iterator[tuple[str, dict[str, str]]]:
    """The name of each face, and the parts of its address."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            yield one.name, dict.fromkeys(one.pattern.converters, "one")


FACES = {
    (name, language): tuple(parts.items())
    for table, languages in ((urls.urlpatterns, LANGUAGES), (once_urls.urlpatterns, ("en",)))
    for name, parts in names(table)
    for language in languages
    if name not in ANSWERED
}


@pytest.fixture
def reader(lost):  # noqa: F811
    lost()
    return Client(raise_request_exception=False)


def address(name: str, language: str) -> str:
    with override(language):
        return reverse(name, kwargs=dict(FACES[name, language]))


def test_what_nobody_has_seen_yet_is_refused_in_the_form_of_the_face(reader):
    for name, language in FACES:
        answer = reader.get(address(name, language))
        said = (answer.status_code, answer["Content-Type"], answer["Retry-After"], answer["Cache-Control"])
        form = PAGE if name in PAGES else TEXT if name in TEXTS else JSON
        assert said == (503, form, "5", "no-store"), (name, language)
        assert (answer["Content-Language"], len(answer.content) > 60, dict(answer.cookies)) == (language, True, {})
        if form == JSON:
            assert json.loads(answer.content)["status"] == 503
        elif form == PAGE:
            assert f'<html lang="{language}"' in answer.content.decode()


def test_a_fragment_is_refused_in_a_line_for_the_page_that_asked(reader):
    for name in FRAGMENTS:
        for language in LANGUAGES:
            answer = reader.get(address(name, language), headers={"HX-Request": "true"})
            assert (answer.status_code, answer["Retry-After"]) == (503, "5")
            assert answer.content.startswith(b'<p class="stale" role="alert">') and answer.content.endswith(b"</p>")
        back = reader.get(address(name, "en"), headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
        assert back.content.startswith(b"<!doctype html>")


def test_what_other_sites_read_they_may_read_as_a_refusal_too(reader):
    answer = reader.get("/api/v1/events/?lang=fr")
    names = ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Content-Language")
    assert [answer[name] for name in names] == ["*", "cross-origin", "fr"]
    assert "Retry-After" in answer["Access-Control-Expose-Headers"]
    assert "frame-ancestors *" in reader.get("/embed/")["Content-Security-Policy"]
