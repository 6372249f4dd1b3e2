"""The pictures of the README, taken from the shipped record: `make screenshots` writes them to docs/pictures/."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import HOW, find_chromium, flags
from tests.databases import ROOT, database, manage  # reads the settings
from tests.serving import serve

PICTURES = ROOT / "docs" / "pictures"
# One day for all, so that the same record gives the same pictures.
DAY = "as_of=2026-11-21"
SHOTS = {
    "timeline.png": (f"/?{DAY}&event=us-declines-to-confirm-extension", 1280, 1000, "light"),
    "timeline-dark.png": (f"/?{DAY}", 1280, 900, "dark"),
    "timeline-phone.png": (f"/?{DAY}", 360, 900, "light"),
    "timeline-es.png": (f"/es/?{DAY}&topic=tariffs", 1280, 900, "light"),
    "timeline-fr.png": ("/fr/?as_of=2026-06-30", 1280, 900, "light"),
    "event.png": (f"/events/us-public-hearing/?{DAY}", 1280, 1000, "light"),
}


def main(folder: Path = PICTURES) -> None:
    path = find_chromium()
    if path is None:
        raise SystemExit(HOW)
    folder.mkdir(parents=True, exist_ok=True)
    with database("screenshots") as url, sync_playwright() as playwright:
        manage(url, "prepare")
        with serve(url) as site:
            browser = playwright.chromium.launch(executable_path=path, args=flags())
            for name, (address, width, height, scheme) in SHOTS.items():
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(site.url + address, wait_until="networkidle")
                page.screenshot(path=folder / name)
                page.close()
                print(folder / name)
            browser.close()


if __name__ == "__main__":
    main()
