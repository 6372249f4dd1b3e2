"""What the main pages tell assistive software, compared with kept copies: the tree of roles, names and states that the
browser makes of the shipped record, seen from one day.

After a change that is meant, write the copies anew and read what changed before it is committed:

    WRITE_SNAPSHOTS=1 .venv/bin/python -m pytest tests/browser/accessibility/test_snapshots.py
    git diff tests/browser/accessibility/snapshots
"""

import difflib
import os
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
FOLDER = Path(__file__).parent / "snapshots"
DAY = "as_of=2026-10-01"
PAGES = {
    "timeline": f"/?{DAY}&limit=8&start=2026-01-01&end=2026-12-31",
    "timeline-opened": f"/?{DAY}&limit=3&event=us-public-hearing&start=2025-10-01&end=2026-01-31&layers=links",
    "timeline-es": f"/es/?{DAY}&limit=3&start=2026-05-01&end=2026-07-31&lanes=kind",
    "event": f"/events/us-public-hearing/?{DAY}",
    "clock": f"/clock/?{DAY}&step=confirmed:all:2029-07-01",
    "changes": f"/changes/?{DAY}&kind=hearing",
    "redline": f"/redline/?{DAY}&a=2026-06-01&b=2026-07-15&event=first-joint-review",
    "slips": f"/slips/?{DAY}&kind=hearing",
    "share": "/share/?country=MX&kind=hearing",
    "embed": f"/embed/?{DAY}&country=MX&kind=hearing",
    "embed-list-fr": f"/fr/embed/?{DAY}&look=list&kind=hearing",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "not-found": "/nowhere/",
}
# What hangs on when and where the record was loaded: stamps, in words of three languages and in addresses, and ports.
MOVING = (
    (re.compile(r"\d{1,2}(?:er)? (?:de )?[^\W\d]+ (?:de )?20\d\d(?:,? (?:à |a las )?)\d\d[:h ]+\d\d UTC"), "STAMP"),
    (re.compile(r"recorded=[\dTZ:.%A-F-]+"), "recorded=STAMP"),
    (re.compile(r"127\.0\.0\.1(?::|%3A)\d+"), "HOST"),
)


def tree(page, address: str) -> str:
    """The tree of a page as text, without what moves."""
    page.goto(address)
    found = page.locator("body").aria_snapshot()
    for pattern, instead in MOVING:
        found = pattern.sub(instead, found)
    return found + "\n"


@pytest.mark.parametrize("name", PAGES)
def test_what_assistive_software_is_told_of_a_page_is_what_was_looked_at(page, faults, name):
    found, kept = tree(page, PAGES[name]), FOLDER / f"{name}.yml"
    faults.clear()  # The console reports the page that is not there.
    if os.environ.get("WRITE_SNAPSHOTS"):
        kept.write_text(found, "utf-8")
    before = kept.read_text("utf-8")
    lines = list(difflib.unified_diff(before.splitlines(), found.splitlines(), "kept", "found", lineterm="", n=2))
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
