"""The press: typst in a process of its own, which reads a job from its input and prints the PDF.

A long document takes typst more than a gigabyte, and it never gives that back: so the process ends with the job. It
knows nothing of this project, and starts in the time that typst takes to be loaded.
"""

import json
import subprocess
import sys
import threading
from pathlib import Path

import typst

STANDARD = "ua-1"
SECONDS = 120
# One job at a time in each process that serves: several long ones at once would take the machine's memory.
_ONE = threading.Lock()


class Unprinted(RuntimeError):
    """typst refused a document; the text says why."""


def printed(job: dict) -> bytes:
    """The PDF of a job: `files` by name, main.typ among them, the folder of the `fonts`, and the `stamp` in seconds
    since 1970. Raises Unprinted for what typst refuses, and subprocess.TimeoutExpired after two minutes."""
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    with _ONE:
        done = subprocess.run(command, input=json.dumps(job).encode(), capture_output=True, timeout=SECONDS)
    if done.returncode:
        raise Unprinted(done.stderr.decode(errors="replace").strip())
    return done.stdout


def pressed(job: dict) -> bytes:
    """The same, in this process. Raises typst.TypstError."""
    made: bytes = typst.compile(  # type: ignore[call-overload]  # a dict of sources is taken too, and not declared
        {name: content.encode() for name, content in job["files"].items()},
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[job["fonts"]]),
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        timestamp=job["stamp"],
    )
    return made


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(pressed(json.load(sys.stdin.buffer)))
    except typst.TypstError as error:
        sys.exit(f"{error.message} {'; '.join(error.hints)}")
