"""Asks a web server of this machine whether it is well: for the health check of a container, and between the restarts
of one server after another. Run as a program: `python -m tracker.management.healthy ADDRESS [SECONDS]`.

Ends with 0 once the address answers 200, with 1 if it does not within the seconds (0: asked once). Loads no Django.
"""

import sys
import time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

PAUSE = 0.5  # Seconds between two questions.


def ask(address: str, *, patience: float = 4.0) -> str:
    """What is wrong with the answer, in words; empty if it is a 200. `patience` in seconds."""
    try:
        # Of this machine: no proxy of the environment stands between.
        with build_opener(ProxyHandler({})).open(address, timeout=patience) as answer:
            return "" if answer.status == 200 else f"answers {answer.status}"
    except HTTPError as error:
        with error:
            return f"answers {error.code}: {error.read(2000).decode(errors='replace').strip()}"
    except (OSError, HTTPException, ValueError) as error:
        return f"does not answer: {error}"


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 2 or not (arguments[1:] or ["0"])[0].isdecimal():
        print("Allowed: python -m tracker.management.healthy ADDRESS [SECONDS]", file=sys.stderr)
        return 2
    address, seconds = arguments[0], int((arguments[1:] or ["0"])[0])
    end = time.monotonic() + seconds
    while fault := ask(address):
        if time.monotonic() >= end:
            print(f"{address} {fault}", file=sys.stderr)
            return 1
        time.sleep(PAUSE)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
