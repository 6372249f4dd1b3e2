"""Where Chromium is on this machine; run as a program, gets it from the distribution if it may.

No browser build is downloaded: CHROMIUM, the path, Playwright's own cache, then, for root, apt.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PROGRAMS = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW = (
    "No Chromium found, so the browser tests cannot run. Any of these mends it: apt-get install chromium (as root); "
    "python -m playwright install chromium; CHROMIUM=/path/to/chromium make test"
)


def flags() -> list[str]:
    """What Chromium is started with: nothing in the background; no sandbox for root, who cannot have one."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


def find_chromium() -> str | None:
    """The path of a Chromium, or None. Raises FileNotFoundError if CHROMIUM names a file that is not there."""
    if named := os.environ.get("CHROMIUM"):
        if shutil.which(named) is None:
            raise FileNotFoundError(f"CHROMIUM is {named!r}, which is no program.")
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for cache in (os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *CACHES):
        for program in PROGRAMS:
            for path in sorted(Path(cache or ".").expanduser().glob(program) if cache else [], reverse=True):
                return str(path)
    return None


def main() -> None:
    if find_chromium() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Browser:      installing chromium by apt-get", flush=True)
        for command in (
            ["update", "-q"],
            ["install", "-q", "-y", "--no-install-recommends", "chromium", "fonts-liberation"],
        ):
            if subprocess.run(["apt-get", *command], stdout=subprocess.DEVNULL).returncode:
                break
    print(f"Browser:      {find_chromium() or HOW}", file=sys.stdout, flush=True)


if __name__ == "__main__":
    main()
