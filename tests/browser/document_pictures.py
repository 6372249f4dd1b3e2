"""Pictures of the documents as an office shows them: LibreOffice sets each as PDF, pdftoppm draws its pages."""

import shutil
import subprocess
import tempfile
import urllib.request
from pathlib import Path

# Name: the file of a query, which of its pages, dots per inch.
PAGES = {
    "briefing.png": ("events.docx?topic=review-process&from=2025-07", 1, 90),
    "briefing-fr.png": ("fr/events.docx?topic=review-process&from=2025-07", 1, 90),
    "slides.png": ("events.pptx?topic=review-process", 2, 90),
    "slides-month.png": ("events.pptx?topic=review-process&from=2025-09", 3, 90),
    "pdf-es.png": ("es/events.pdf?topic=review-process&from=2025-07", 1, 90),
}
MISSING = "Not taken, since soffice or pdftoppm is missing: {names}"


def take(site, folder: Path, day: str, wanted: str) -> None:
    """The pictures whose name has the word; `day` is the part of a query that fixes the day."""
    names = [name for name in PAGES if wanted in name]
    if names and not (shutil.which("soffice") and shutil.which("pdftoppm")):
        print(MISSING.format(names=", ".join(names)))
        return
    for name in names:
        address, page, resolution = PAGES[name]
        with tempfile.TemporaryDirectory() as room:
            file = Path(room, "file").with_suffix(Path(address.partition("?")[0]).suffix)
            with urllib.request.urlopen(f"{site.url}/{address}&{day}", timeout=120) as answer:
                file.write_bytes(answer.read())
            if file.suffix != ".pdf":
                profile = f"-env:UserInstallation={Path(room, 'profile').as_uri()}"
                run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", room, file)
            run("pdftoppm", "-r", resolution, "-f", page, "-l", page, "-png", "-singlefile", f"{room}/file.pdf",
                folder / Path(name).stem)  # fmt: skip
        print(folder / name)


def run(*command) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=180)
