"""Opening the address of a source over the network, to learn whether it is still there: bounded, and never inwards.

Each redirect is looked at like the address itself, and the body of an answer is never read. One look at an address
that an editor cited, days apart, is not crawling: robots.txt is not asked.
"""

import time
from dataclasses import dataclass
from urllib.parse import urljoin

from tracker.sources.address import key
from tracker.sources.connecting import INTERNET, SECONDS, Network, Unanswered, answer, checked, place
from tracker.vocabulary import CheckFault, CheckResult

REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_BUSY = {429, 503}


@dataclass(frozen=True)
class Opened:
    """What came of it. `detail` is the new address of what moved, a number of HTTP, or a `CheckFault`. `busy`: the
    other side asks not to be asked again now."""

    result: CheckResult
    detail: str = ""
    busy: bool = False


def open_address(url: str, *, agent: str, network: Network = INTERNET, seconds: float = SECONDS) -> Opened:
    """Look whether a page is at the address, following at most five redirects; ends within `seconds` whatever the
    other side does. Never raises for anything that an address or a server can be."""
    deadline = time.monotonic() + seconds
    current = lasting = url
    all_for_good = True
    try:
        for _hop in range(REDIRECTS + 1):
            status, location = _ask(checked(current), agent=agent, network=network, deadline=deadline)
            if status not in _MOVED or not location:
                return _judged(url, status, lasting)
            current = urljoin(current, location)
            all_for_good = all_for_good and status in _FOR_GOOD
            lasting = current if all_for_good else lasting
        return Opened(CheckResult.UNREACHABLE, CheckFault.REDIRECTS)
    except Unanswered as error:
        fault = error.fault
        ours = fault in {CheckFault.ADDRESS, CheckFault.PRIVATE, CheckFault.PORT}
        return Opened(CheckResult.REFUSED if ours else CheckResult.UNREACHABLE, fault)


def _judged(url: str, status: int, lasting: str) -> Opened:
    """The result of the last answer; `lasting` is where the redirects led that hold for good."""
    if status < 300:
        moved = key(lasting) != key(url)
        return Opened(CheckResult.MOVED, lasting) if moved else Opened(CheckResult.FOUND)
    if status in {404, 410}:
        return Opened(CheckResult.GONE, str(status))
    # A page that lets nobody in without a subscription, or no program at all, may well be there.
    refused = 400 <= status < 500
    return Opened(CheckResult.REFUSED if refused else CheckResult.UNREACHABLE, str(status), busy=status in _BUSY)


def _ask(url: str, *, agent: str, network: Network, deadline: float) -> tuple[int, str]:
    """Status and Location of one answer, by HEAD, and by GET where HEAD is told no."""
    where = place(url, network=network, deadline=deadline)
    headers = {"User-Agent": agent, "Accept": "*/*"}
    try:
        status, location = answer("HEAD", where, headers, deadline=deadline)
        if status < 400 or status in _BUSY:
            return status, location
    except Unanswered as error:
        # Some servers do not know HEAD and hang up.
        if error.fault not in {CheckFault.CONNECTION, CheckFault.ANSWER}:
            raise
    return answer("GET", where, headers, deadline=deadline)
