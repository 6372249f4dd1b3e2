"""The page about the API: three languages at one address, every example answers, every parameter is told."""

import re
from html import unescape

import pytest

from tests.factory import ago, event, published
from timeline.api.parameters import MEANS
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
PAGE = "/api/v1/"


def examples(client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [unescape(one) for one in re.findall(r'<li><a href="(/api/v1/[^"]*)"><code>', page)]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_the_page_stands_once_in_three_languages(client, language):
    answer = client.get(f"{PAGE}?lang={language}")
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    assert f'<html lang="{language}">' in page
    own = PAGE if language == "en" else f"{PAGE}?lang={language}"
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{own}">' in page
    alternates = re.findall(r'rel="alternate" hreflang="(..)" href="http://127.0.0.1:8000([^"]*)"', page)
    assert alternates == [("en", PAGE), ("es", f"{PAGE}?lang=es"), ("fr", f"{PAGE}?lang=fr")]
    assert "<script>" not in page
    assert " style=" not in page


def test_every_example_answers_and_keeps_the_language_and_the_moment(client):
    publish(event("one"), since=ago(days=9))
    plain, other = examples(client, PAGE), examples(client, f"{PAGE}?lang=fr&as_of={ago(days=2).date()}")
    assert len(plain) == len(other) == 11
    assert all(client.get(address).status_code == 200 for address in [*plain, *other])
    assert all("lang=fr" in address and "as_of=" in address for address in other if "openapi" not in address)


def test_every_parameter_is_told_and_so_is_where_it_is_read(client):
    page = client.get(PAGE).content.decode()
    assert set(re.findall(r"<dt><code>(\w+)</code>", page)) >= set(MEANS)
    which_events = page.partition("<h3>Which events")[2].partition("</h3>")[0]
    assert re.findall(r"<code>([^<]*)</code>", which_events) == ["events/", "changes/"]


def test_the_page_without_a_record_has_no_example_of_an_event(client):
    assert not any("/events/o" in address for address in examples(client, PAGE))
    published("one")
    assert f"{PAGE}events/one/" in examples(client, PAGE)


def test_a_bad_parameter_of_the_page_is_refused_by_a_page(client):
    answer = client.get(f"{PAGE}?kind=x&lang=es")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert '<html lang="es">' in answer.content.decode()
