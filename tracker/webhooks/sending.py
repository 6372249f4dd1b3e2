"""Sending one message by POST, to the public internet alone, bounded in time; no redirect is followed."""

import time
from dataclasses import dataclass

from tracker.sources.connecting import INTERNET, SECONDS, Network, Unanswered, answer, checked, place
from tracker.vocabulary import CheckFault


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: the status of the answer, or why there is none."""

    status: int | None = None
    fault: CheckFault | None = None

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def unwanted(self) -> bool:
        """Whether the other side says that it is never to be told again."""
        return self.status == 410


def send(
    address: str,
    body: bytes,
    signed: dict[str, str],
    *,
    agent: str,
    network: Network = INTERNET,
    seconds: float = SECONDS,
) -> Sent:
    """Send the body, JSON in UTF-8, with the headers that sign it. Never raises for anything that an address or a
    server can be."""
    deadline = time.monotonic() + seconds
    headers = {"User-Agent": agent, "Content-Type": "application/json", "Content-Length": str(len(body)), **signed}
    try:
        where = place(checked(address), network=network, deadline=deadline)
        status, _location = answer("POST", where, headers, deadline=deadline, body=body)
    except Unanswered as error:
        return Sent(fault=error.fault)
    return Sent(status=status)
