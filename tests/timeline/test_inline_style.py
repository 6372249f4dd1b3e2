"""The style sheets within the pages, and the policy that allows them and nothing else."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from tests.databases import ROOT
from tests.elements import Elements
from tests.factory import published
from tracker.inline_style import NAMES, STYLES

pytestmark = pytest.mark.django_db

SHEET = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def allowed(answer) -> list[str]:
    (directive,) = re.findall(r"style-src ([^;]*)", answer.headers["Content-Security-Policy"])
    return directive.split()


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


PAGES = ["/", "/fr/?event=one", "/events/one/", "/clock/", "/share/", "/nowhere/", "/?country=XX"]


@pytest.mark.parametrize("address", [*PAGES, "/embed/", "/es/embed/?look=next", "/embed/?country=XX"])
def test_the_policy_names_the_hash_of_each_style_in_the_page(client, address):
    published("one")
    answer = client.get(address)
    sheets = SHEET.findall(answer.content.decode())
    assert sheets == [STYLES[name] for name in NAMES[: 2 if "embed" in address else 1]]
    assert {hash_of(text) for text in sheets} <= set(allowed(answer))


def test_the_policy_allows_no_other_style(client):
    assert allowed(client.get("/")) == ["'self'", *(hash_of(STYLES[name]) for name in NAMES)]
    assert allowed(client.get("/admin/login/", follow=True)) == allowed(client.get("/"))


def test_no_page_waits_for_a_style_sheet_that_the_timeline_needs(client):
    published("one")
    for address in ("/", "/fr/", "/embed/", "/events/one/"):
        page = Elements(client.get(address).content.decode())
        assert [attrs for attrs in page.of("link") if attrs.get("rel") == "stylesheet"] == [], address


def test_a_fragment_carries_no_style(client):
    published("one")
    assert SHEET.findall(client.get("/results/?event=one").content.decode()) == []


def test_the_styles_are_those_of_the_files_without_their_comments():
    for name in NAMES:
        whole = re.sub(r"/\*.*?\*/", "", (ROOT / "static" / name).read_text(), flags=re.DOTALL)
        assert re.sub(r"[\s;]", "", STYLES[name]) == re.sub(r"[\s;]", "", whole), name
        assert "</" not in STYLES[name]


def test_in_work_on_the_code_the_files_are_linked_as_they_lie(client, settings):
    settings.DEBUG = True
    found = Elements(client.get("/embed/").content.decode())
    sheets = [attrs for attrs in found.of("link") if attrs["rel"] == "stylesheet"]
    assert [(one["href"], one["crossorigin"]) for one in sheets] == [(f"/static/{name}", "anonymous") for name in NAMES]
