"""An address that is longer than any of this site is refused in words, whatever it would have asked for."""

import json

import pytest

from tests.factory import published
from timeline.kept.process import PROCESS
from timeline.kept.slot import slot_of
from tracker.middleware.length import MOST

pytestmark = pytest.mark.django_db


def test_the_longest_address_is_answered_and_one_sign_more_is_refused(client):
    published("one")
    start = "/about/?x="
    assert client.get(start + "a" * (MOST - len(start))).status_code == 200
    refused = client.get(start + "a" * (MOST - len(start) + 1))
    assert (refused.status_code, refused.headers["Cache-Control"]) == (414, "no-store")
    assert f"at most {MOST} characters" in refused.content.decode()
    assert "aaaa" not in refused.content.decode()
    assert "Content-Security-Policy" in refused.headers


def test_it_is_refused_in_the_form_of_the_face_and_in_its_language(client):
    long = "?q=" + "a" * MOST
    problem = client.get(f"/api/v1/events/{long}")
    assert (problem.status_code, problem.headers["Content-Type"]) == (414, "application/problem+json")
    assert str(MOST) in json.loads(problem.content)["title"]
    file = client.get(f"/fr/events.csv{long}")
    assert (file.status_code, file.headers["Content-Type"]) == (414, "text/plain; charset=utf-8")
    assert file.headers["Content-Language"] == "fr"
    assert client.get(f"/es/clock/{long}").headers["Content-Language"] == "es"


def test_a_path_counts_as_it_is_written(client):
    assert client.get("/events/" + "é" * 600 + "/").status_code == 404
    assert client.get("/events/" + "é" * 700 + "/").status_code == 414


def test_nothing_of_it_is_kept_and_the_desk_is_not_asked(client):
    for path in ("/", "/admin/", "/accounts/login/", "/static/none.js", "/embed/"):
        assert client.get(f"{path}?x={'a' * MOST}").status_code == 414, path
        assert PROCESS.get(slot_of(path, f"x={'a' * MOST}")) is None, path
