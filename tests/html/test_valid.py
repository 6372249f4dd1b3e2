"""All HTML, style sheets and pictures of the site against the Nu HTML Checker: no error and no warning."""

import os
import shutil
import urllib.request

import pytest

from tests import every_page
from tests.databases import ROOT, url
from tests.every_page import BOSS, LANGUAGES, READER, SOMEBODY, Page
from tests.html.documents import written
from tests.html.nu import Missing, checked, checker
from tests.serving import serve

pytestmark = pytest.mark.long
# What the checker does not know yet, by the file and the message, each with its reason.
NOT_KNOWN = {
    # CSS Basic User Interface 4, 4.4: a field that grows with its words; where it is unknown, the field has its size.
    ("desk-sharing.css", "CSS: “field-sizing”: Property “field-sizing” doesn't exist."),
    # SVG 2, 5.10.2 has `lang` without a prefix, as browsers read it; the checker's schema is that of SVG 1.1.
    *(
        (f"events-{language}.svg", "Attribute “lang” not allowed on element “svg” at this point.")
        for language in LANGUAGES
    ),
}


@pytest.fixture(scope="module")
def jar():
    """The checker; skipped in words where it cannot be had, and failed for that under the continuous integration."""
    try:
        return checker()
    except Missing as reason:
        # A machine without Java or npm is no fault of the project; one that has both must be able to check.
        both = shutil.which("java") and shutil.which("npm")
        (pytest.fail if os.environ.get("CI") and both else pytest.skip)(str(reason))


def faults(messages: list[dict]) -> list[tuple[str, str, str]]:
    """File, message and what it is about, of everything but what is only told for information."""
    found = [one for one in messages if one["type"] != "info" or one.get("subType") == "warning"]
    return [(one["url"].rpartition("/")[2], one["message"], one.get("extract", "")[:200]) for one in found]


def test_the_html_of_every_page_is_valid_in_three_languages(jar, furnished_site, cookies, tmp_path):
    site, ids = furnished_site
    pages = [page for language in LANGUAGES for page in every_page.public(language)]
    pages = [every_page.filled(page, ids) for page in (*pages, *every_page.once(), *every_page.desk())]
    names = written(tmp_path, site, pages, cookies)
    assert len(names) == len(set(pages))
    # Titles of sources stand in the language of their publishers, so no language is guessed.
    messages = checked(jar, tmp_path, "--no-langdetect")
    print(f"\n{len(names)} documents, {len(messages)} messages of the Nu HTML Checker")
    assert faults(messages) == []


def test_the_html_of_what_is_refused_or_cannot_be_answered_is_valid(jar, tmp_path):
    with serve(url("test_tracker_nowhere"), **every_page.REFUSING) as site:
        pages = [page for language in LANGUAGES for page in every_page.refusing(language)]
        names = written(tmp_path, site, [*pages, Page("/admin/", 503, BOSS)], {READER: {}, BOSS: SOMEBODY})
    assert len(names) == len(pages) + 1
    assert faults(checked(jar, tmp_path, "--no-langdetect")) == []


def test_style_sheets_and_pictures_are_valid_as_far_as_the_checker_knows_them(jar, furnished_site, tmp_path):
    site, _ids = furnished_site
    for folder in ("site", "embed", "desk"):
        for file in (*(ROOT / "static" / folder).glob("*.css"), *(ROOT / "static" / folder).glob("*.svg")):
            shutil.copyfile(file, tmp_path / f"{folder}-{file.name}")
    for language in LANGUAGES:
        prefix = "" if language == "en" else f"/{language}"
        with urllib.request.urlopen(f"{site.url}{prefix}/events.svg?layers=links&lanes=kind") as answer:
            (tmp_path / f"events-{language}.svg").write_bytes(answer.read())
    found = {
        (name, message)
        for name, message, _about in faults(checked(jar, tmp_path, "--also-check-css", "--also-check-svg"))
    }
    assert found == NOT_KNOWN
