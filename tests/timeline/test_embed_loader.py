"""`/embed.js`: one small file for any site, with conditions, that asks the database nothing."""

import gzip
import json
import re

import pytest

from tests.databases import ROOT


def test_the_loader_is_a_script_for_any_site_that_may_be_kept(client):
    answer = client.get("/embed.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    for condition in ("ETag", "Last-Modified"):
        name = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[condition]
        same = client.get("/embed.js?lang=fr", headers={name: answer.headers[condition]})
        assert (same.status_code, same.content) == (304, b"")
        assert same.headers["Cache-Control"] == "public, max-age=3600"


def test_the_loader_names_the_frame_in_every_language_and_names_no_site(client):
    text = client.get("/embed.js").content.decode()
    titles = json.loads(re.search(r"const TITLES=(\{.*?\});", text)[1])
    assert list(titles) == ["en", "es", "fr"] and all(titles.values())
    assert "http" not in text


def test_a_language_that_is_none_is_refused_in_plain_text(client):
    answer = client.get("/embed.js?lang=de")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert 'lang: "de" is not known; allowed: en, es, fr' in answer.content.decode()
    assert client.get("/embed.js?lang=en&lang=es").status_code == 400
    assert client.get("/embed.js?country=nowhere&utm_source=x").status_code == 200
    assert client.post("/embed.js").status_code == 405


@pytest.mark.parametrize("name", ["frame.js", "loader.js"])
def test_no_script_of_the_embed_stores_asks_or_evaluates_anything(name):
    text = (ROOT / "static" / "embed" / name).read_text()
    assert not re.findall(
        r"cookie\b(?!,)|[lL]ocalStorage|sessionStorage|fetch\(|XMLHttp|innerHTML|eval\(|indexedDB", text
    )


def test_the_loader_and_the_frames_script_are_small(client):
    assert len(gzip.compress(client.get("/embed.js").content, 9)) <= 2_500
    assert len(gzip.compress((ROOT / "static" / "embed" / "frame.js").read_bytes(), 9)) <= 2_000
