"""The page of an evidence pack as it opens from a disk, with no network."""

import io
import urllib.request
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe

CASES = [("/events.zip", 1280, "light"), ("/fr/events.zip?topic=review-process", 320, "dark")]


@pytest.mark.parametrize(("address", "width", "scheme"), CASES)
def test_the_page_opens_from_a_disk_with_no_network_and_axe_finds_nothing(
    browser, site, tmp_path, address, width, scheme
):
    with urllib.request.urlopen(site.url + address) as answer:
        zipfile.ZipFile(io.BytesIO(answer.read())).extractall(tmp_path)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, offline=True)
    try:
        page, asked, said = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        folder = tmp_path.as_uri()
        page.goto(f"{folder}/index.html", wait_until="load")
        assert said == []
        assert asked == [f"{folder}/{name}" for name in ("index.html", "style.css", "timeline.svg")]
        assert page.evaluate("document.images[0].naturalWidth") > 600
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "16px"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    finally:
        context.close()
