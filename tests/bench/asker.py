"""Orders to the site in a process of its own (`inside`), over a database of the bench."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.records import ROOT, environment


class Asker:
    def __init__(self, process: subprocess.Popen):
        self._process = process

    def ask(self, address: str, *, explain: bool = False) -> dict:
        """One answer, as `inside.answered` tells it. Raises RuntimeError unless it is 200."""
        said = self._order("explain" if explain else "ask", address)
        if said["status"] != 200:
            raise RuntimeError(f"{address}: {said['status']}")
        return said

    def read(self, address: str) -> dict:
        """What an address of JSON says."""
        return self._order("read", address)

    def first_event(self) -> int:
        """The number of the desk's first event."""
        return self._order("first", True)

    def publish(self, event: int) -> float:
        """Milliseconds of publishing an event of the desk again."""
        return self._order("publish", event)

    def commit(self) -> float:
        """Milliseconds of one row written and committed."""
        return self._order("commit", True)

    def import_rows(self, count: int) -> dict[str, float]:
        """What `inside_writing.import_rows` says."""
        return self._order("import", count)

    def _order(self, kind: str, value):
        self._process.stdin.write(json.dumps({kind: value}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"The site ended over {kind} {value}.")
        return json.loads(line)


@contextmanager
def asker(name: str) -> Iterator[Asker]:
    """The site over that database, in a fresh process with nothing kept."""
    folder = tempfile.mkdtemp(prefix="tracker-bench-")
    values = environment(name)
    shutil.copytree(f"{values['TRACKER_VAR']}/static", f"{folder}/static")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.inside"],
        cwd=ROOT,
        # A page is cold right after a deed, not a second later.
        env=values | {"TRACKER_VAR": folder, "KEPT_MS": "0"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Asker(process)
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)
