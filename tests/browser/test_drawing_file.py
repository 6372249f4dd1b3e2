"""The drawing as a file, as Chromium shows it: no fault, nothing beyond its edge, labels in their room, marks that lead
to their events."""

import io

from PIL import Image, ImageStat

# Where each text comes out beside where it was reckoned, in pixels of the drawing.
BEYOND = """() => {
  const whole = document.documentElement.viewBox.baseVal, found = [];
  for (const text of document.querySelectorAll("text")) {
    const box = text.getBBox(), room = parseFloat(text.getAttribute("textLength"));
    const right = box.x + box.width, below = box.y + box.height;
    if (box.x < 0 || right > whole.width + .5 || below > whole.height) found.push(text.textContent);
    if (room && Math.abs(box.width - room) > 1.5) found.push([text.textContent, box.width, room]);
  }
  return found;
}"""


def test_the_drawing_is_shown_whole_and_without_a_fault(new_page, site, faults):
    for path, theme in (("/events.svg", "light"), ("/fr/events.svg?lanes=topic&layers=links&theme=dark", "dark")):
        page = new_page(width=1300, height=1000)
        page.goto(path)
        assert page.evaluate(BEYOND) == []
        shot = Image.open(io.BytesIO(page.screenshot(clip={"x": 0, "y": 0, "width": 1240, "height": 900})))
        light = ImageStat.Stat(shot.convert("L")).mean[0]
        assert (light > 200, light < 80) == (theme == "light", theme == "dark")
    # A drawing names no icon, so Chromium looks for one of the site.
    faults[:] = [one for one in faults if "/favicon.ico" not in one]


def test_a_mark_leads_to_its_event_and_is_reached_by_keyboard(page):
    page.goto("/events.svg?q=joint+review&start=2026-01-01&end=2027-12-31")
    link = page.locator("a").first
    slug = link.get_attribute("href").split("/")[-2]
    assert page.request.get(f"/events/{slug}/").ok
    link.focus()
    assert page.evaluate("document.activeElement.tagName") == "a"


def test_the_picture_is_the_same_drawing_as_the_svg(page):
    # Two renderers that know nothing of each other: ink in the same places, at a sixteenth of the size.
    page.goto("/events.svg")
    page.set_viewport_size(
        {"width": 1240, "height": int(page.evaluate("document.documentElement.viewBox.baseVal.height"))}
    )
    seen = Image.open(io.BytesIO(page.screenshot())).convert("L")
    made = Image.open(io.BytesIO(page.request.get("/events.png").body())).convert("L")
    size = (seen.width // 16, seen.height // 16)
    pairs = zip(seen.resize(size).tobytes(), made.resize(size).tobytes(), strict=True)
    far = sum(abs(one - other) > 60 for one, other in pairs)
    assert far / (size[0] * size[1]) < 0.02
