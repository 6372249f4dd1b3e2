"""Ends what `make run` started in this folder: the web server, then the embedded database server.

Run as a program. Needs neither Django nor settings, so it also ends what a broken version left running.
"""

import os
import sys
from pathlib import Path

import psutil

from tracker.database.account import ServerError
from tracker.database.embedded import Embedded

PATIENCE = 40  # Seconds; the server gives running requests 30.
SERVER = "tracker.management.serve"  # A word of its command line.


def stop_web(pid_file: Path) -> bool:
    """Ends the web server whose number the file holds. False: it did not run."""
    try:
        written = pid_file.stat().st_mtime
        process = psutil.Process(int(pid_file.read_text()))
        # The number may belong to another program by now: ours is the server and older than the file.
        if SERVER not in process.cmdline() or process.create_time() > written:
            return False
        process.terminate()
        process.wait(PATIENCE)
    except (OSError, ValueError, psutil.NoSuchProcess):
        return False
    return True


def main() -> None:
    var = Path(os.environ.get("TRACKER_VAR") or "var")
    try:
        print("Web server: ended" if stop_web(var / "web.pid") else "Web server: did not run", flush=True)
        print("Database: ended" if Embedded(var / "pg").stop() else "Database: did not run")
    except (ServerError, psutil.Error) as error:
        sys.exit(f"It cannot be ended: {error}")


if __name__ == "__main__":
    main()
