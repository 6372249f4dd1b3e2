"""The drawing as it comes out: labels that keep clear of each other, targets to hit, what a narrow screen shows."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.test_reading import style

ZOOMS = {
    "decade": "start=2017-01-01&end=2036-12-31",
    "year": "start=2025-01-01&end=2027-09-30",
    "quarter": "start=2025-06-01&end=2026-02-28",
    "month": "start=2025-09-01&end=2025-11-09",
}
WIDE_TEXT = "* { letter-spacing: .12em !important; word-spacing: .16em !important }"

# What of a row is seen: labels as they are cut, marks, bars, ghosts and pills, each as [row, left, right, words].
SEEN = """() => [...document.querySelectorAll('#drawing .lane')].flatMap((lane, number) =>
  [...lane.querySelectorAll('li')].flatMap((item) => {
    const row = `${number} ${item.className.split(' ')[0]}`;
    const link = item.querySelector('a');
    const own = link.getBoundingClientRect();
    const box = (one) => { const { left, right } = one.getBoundingClientRect(); return [left, right]; };
    if (link.matches('.pill')) return [[row, own.left, own.right, link.innerText]];
    const parts = [...item.querySelectorAll('i:not(.before):not(.after), svg')].map(box);
    if (!link.matches('.bare')) {
      const [left, right] = box(link.querySelector('span'));
      parts.push([Math.max(left, own.left), Math.min(right, own.right)]);
    }
    return [[row, Math.min(...parts.map((part) => part[0])), Math.max(...parts.map((part) => part[1])),
      link.innerText]];
  }))"""


def collisions(page) -> list[tuple[str, str]]:
    """Pairs of pieces of one row that lie over each other by more than a pixel."""
    rows: dict[str, list] = {}
    for row, left, right, words in page.evaluate(SEEN):
        rows.setdefault(row, []).append((left, right, words))
    found = []
    for pieces in rows.values():
        pieces.sort()
        found += [(a[2], b[2]) for a, b in pairwise(pieces) if b[0] < a[1] - 1]
    return found


@pytest.mark.parametrize("language", ["", *(pytest.param(one, marks=pytest.mark.long) for one in ("/es", "/fr"))])
def test_nothing_in_a_row_lies_over_anything_else(page, language):
    for zoom, window in ZOOMS.items():
        for lanes in ("country", "kind", "topic"):
            page.goto(f"{language}/?{window}&lanes={lanes}")
            assert collisions(page) == [], (zoom, lanes)


@pytest.mark.parametrize("width", [641, *(pytest.param(one, marks=pytest.mark.long) for one in (768, 1024, 1920))])
def test_labels_keep_clear_of_each_other_at_any_width(new_page, width):
    page = new_page(width=width)
    for window in ZOOMS.values():
        # Asked for as the script of such a screen asks: a page without script is cut by the browser.
        page.goto(f"/?{window}")
        page.locator("#lanes-2").click()
        page.wait_for_url("**lanes=kind**")
        page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')")
        assert collisions(page) == []


@pytest.mark.parametrize("rules", [WIDE_TEXT, "html { font-size: 200% }"])
def test_labels_are_cut_and_do_not_collide_when_the_text_is_larger(page, rules):
    page.goto(f"/?{ZOOMS['year']}")
    page.evaluate(style(rules))
    labels = [(a, b) for a, b in collisions(page) if not (a.strip().isdigit() or b.strip().isdigit())]
    # Marks that stand near each other touch when they are twice as large; words never lie over words.
    words = page.evaluate(
        """() => { const found = []; document.querySelectorAll('.lane').forEach((lane) => { const rows = {};
        lane.querySelectorAll('.m:not(.bare)').forEach((link) => { const own = link.getBoundingClientRect();
          const text = link.querySelector('span').getBoundingClientRect();
          (rows[link.parentElement.className.split(' ')[0]] ??= []).push([Math.max(own.left, text.left),
            Math.min(own.right, text.right), link.innerText]); });
        Object.values(rows).forEach((row) => { row.sort((a, b) => a[0] - b[0]);
          row.slice(1).forEach((one, n) => { if (one[0] < row[n][1] - 1) found.push([row[n][2], one[2]]); }); }); });
        return found; }"""
    )
    assert words == [], labels


def test_every_piece_is_a_target_of_24_pixels(page):
    page.goto(f"/?{ZOOMS['year']}")
    small = page.evaluate(
        """() => [...document.querySelectorAll('#drawing a')].map((a) => [a.id, a.getBoundingClientRect()])
        .filter(([id, box]) => box.width && (box.width < 23.9 || box.height < 23.9)).map(([id]) => id)"""
    )
    assert small == []


def test_a_cut_label_is_told_whole_to_whoever_points_at_it(page):
    page.goto(f"/?{ZOOMS['year']}")
    bare = page.locator(".m.bare").first
    before = bare.bounding_box()["width"]
    bare.hover()
    assert bare.bounding_box()["width"] > before + 40
    assert bare.evaluate("(one) => one.scrollWidth - one.clientWidth") <= 1


def test_a_narrower_screen_asks_for_labels_that_fit_it_and_the_address_does_not_tell(new_page):
    page = new_page(width=800)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.locator("#zoom-quarter").click()
    page.wait_for_url(re.compile(r"start="))
    assert [url for url in asked if "/results/" in url and url.endswith("&w=m")]
    assert "w=" not in page.url.partition("end=")[2]


def test_a_phone_shows_quarters_that_lead_to_their_events(new_page):
    page = new_page(width=360)
    page.goto("/?start=2025-01-01&end=2027-09-30")
    expect(page.locator(".chart")).to_be_hidden()
    links = page.locator(".strip a")
    counts = [int(text) for text in links.locator("b").all_inner_texts()]
    shown = int(re.search(r"\d+", page.locator("#shown").inner_text()).group())
    assert sum(counts) == shown
    assert min(box["width"] for box in (link.bounding_box() for link in links.all())) >= 26
    links.nth(3).click()
    page.wait_for_url(re.compile(r"from=2025-10&to=2025-12"))
    # A bin counts an event once, where it begins; the list has those too that last into the quarter.
    listed = int(re.search(r"\d+", page.locator("#count").inner_text()).group())
    assert listed >= counts[3] > 0


def test_it_prints_with_the_drawing_and_without_the_controls(page):
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.locator(".chart")).to_be_visible()
    for control in (".filters", ".tabs >> nth=0", ".overview form", ".share >> nth=0", "#cite"):
        expect(page.locator(control)).to_be_hidden()
