"""The pictures of the README and of the editor's guide, taken from the shipped record: `make screenshots` writes them
to docs/pictures/. With a word, only those whose name has it: `python -m tests.browser.screenshots desk`."""

import os
import sys
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

django.setup()
# Playwright keeps an event loop in this thread, which makes Django refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Loaded after Django is: they know its models.
from tests.browser import desk_pictures, document_pictures, embed_pictures  # noqa: E402
from tests.browser.chromium import HOW, find_chromium, flags  # noqa: E402
from tests.databases import ROOT, database, manage  # noqa: E402
from tests.serving import serve  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
# One day for all, so that the same record gives the same pictures.
DAY = "as_of=2026-11-21"
CHOSEN = "event=us-declines-to-confirm-extension"
# Name: address, width, height, scheme.
SHOTS = {
    "timeline.png": (f"/?{DAY}&{CHOSEN}", 1280, 1680, "light"),
    "timeline-dark.png": (f"/?{DAY}&{CHOSEN}", 1280, 1400, "dark"),
    "timeline-phone.png": (f"/?{DAY}", 360, 1400, "light"),
    "timeline-tablet.png": (f"/?{DAY}", 800, 1300, "light"),
    "timeline-es.png": (f"/es/?{DAY}", 1280, 1400, "light"),
    "timeline-fr.png": (f"/fr/?{DAY}", 1280, 1400, "light"),
    "decade.png": (f"/?start=2017-01-01&end=2036-12-31&{DAY}", 1280, 1400, "light"),
    "quarter.png": (f"/?start=2025-06-01&end=2026-02-28&{DAY}", 1280, 1500, "light"),
    "kinds.png": (f"/?lanes=kind&{DAY}", 1280, 1300, "light"),
    "as-of.png": ("/?as_of=2026-06-30", 1280, 1400, "light"),
    "event.png": (f"/events/us-public-hearing/?{DAY}", 1280, 1780, "light"),
    "clock.png": (f"/clock/?step=confirmed:all:2029-07-01&{DAY}", 1280, 1900, "light"),
    "clock-dark.png": (f"/clock/?{DAY}", 1280, 1900, "dark"),
    "clock-phone.png": (f"/clock/?{DAY}", 360, 1400, "light"),
    "clock-2025-09-19.png": ("/clock/?as_of=2025-09-19", 1280, 1400, "light"),
    "clock-2026-06-30.png": ("/clock/?as_of=2026-06-30", 1280, 1400, "light"),
    "clock-2026-07-02.png": ("/clock/?as_of=2026-07-02", 1280, 1400, "light"),
    "changes.png": (f"/changes/?topic=review-process&since=2025-10-31&{DAY}", 1280, 1300, "light"),
    "redline.png": (f"/redline/?topic=review-process&a=2025-10-31&b=2025-12-31&{DAY}", 1280, 1300, "light"),
    "slips.png": (f"/slips/?{DAY}", 1280, 1500, "light"),
    "layers.png": (f"/?layers=links,deadlines&start=2026-02-01&end=2026-12-31&{DAY}", 1280, 1500, "light"),
    "side-by-side.png": (f"/events/canada-suspends-talks/?{DAY}", 1280, 1500, "light"),
    "share.png": (f"/share/?topic=review-process&{DAY}", 1280, 1500, "light"),
    "api.png": ("/api/v1/", 1280, 1200, "light"),
    "embed.png": (f"/embed/?topic=review-process&lanes=kind&{DAY}", 720, 720, "light"),
    "embed-dark.png": (f"/embed/?country=CA&theme=dark&{DAY}", 720, 900, "light"),
    "embed-narrow.png": (f"/embed/?topic=review-process&{DAY}", 320, 900, "light"),
}


def main(wanted: str = "", folder: Path = PICTURES) -> None:
    path = find_chromium()
    if path is None:
        raise SystemExit(HOW)
    folder.mkdir(parents=True, exist_ok=True)
    with database("screenshots") as url, sync_playwright() as playwright:
        manage(url, "prepare")
        with serve(url) as site:
            browser = playwright.chromium.launch(executable_path=path, args=flags())
            for name, (address, width, height, scheme) in SHOTS.items():
                if wanted not in name:
                    continue
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(site.url + address, wait_until="networkidle")
                page.screenshot(path=folder / name)
                page.close()
                print(folder / name)
            document_pictures.take(site, folder, DAY, wanted)
            embed_pictures.take(browser, site, folder, DAY, wanted)
            if wanted in "desk":
                desk_pictures.take(browser, site, folder)
            browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
