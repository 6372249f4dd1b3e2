"""Opening the address of a source over the network, to learn whether it is still there: bounded, and never inwards.

The name is resolved here, every number it has must be public, and the connection goes to the very number that was
looked at, so a name that changes in between gains nothing; each redirect is looked at in the same way. Requests carry
no cookie, no password and no referrer, go past no proxy, and the body of an answer is never read. One look at an
address that an editor cited, days apart, is not crawling: robots.txt is not asked.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from urllib.parse import urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from tracker.sources.address import BadAddress, host, key, read, target
from tracker.sources.internet import is_public, literal
from tracker.vocabulary import AddressFault, CheckFault, CheckResult

SECONDS = 10.0
REDIRECTS = 5
# How many numbers of one name are tried.
_NUMBERS = 3
_MOVED = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_BUSY = {429, 503}
_USUAL = frozenset({80, 443})


def _ask_the_system(name: str, port: int) -> list[str]:
    return [row[4][0] for row in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Network:
    """What may be reached: `resolve` gives the numbers of a name (OSError: it has none), `allowed` says of a number
    whether to connect to it, `ports` are the only ones."""

    resolve: Callable[[str, int], list[str]] = _ask_the_system
    allowed: Callable = is_public
    ports: frozenset[int] = _USUAL


INTERNET = Network()


@dataclass(frozen=True)
class Opened:
    """What came of it. `detail` is the new address of what moved, a number of HTTP, or a `CheckFault`. `busy`: the
    other side asks not to be asked again now."""

    result: CheckResult
    detail: str = ""
    busy: bool = False


class _Fault(Exception):
    """Raised with a CheckFault where there is no answer to speak of."""


def open_address(url: str, *, agent: str, network: Network = INTERNET, seconds: float = SECONDS) -> Opened:
    """Look whether a page is at the address, following at most five redirects; ends within `seconds` whatever the
    other side does. Never raises for anything that an address or a server can be."""
    deadline = time.monotonic() + seconds
    current = lasting = url
    all_for_good = True
    try:
        for _hop in range(REDIRECTS + 1):
            status, location = _ask(_checked(current), agent=agent, network=network, deadline=deadline)
            if status not in _MOVED or not location:
                return _judged(url, status, lasting)
            current = urljoin(current, location)
            all_for_good = all_for_good and status in _FOR_GOOD
            lasting = current if all_for_good else lasting
        return Opened(CheckResult.UNREACHABLE, CheckFault.REDIRECTS)
    except _Fault as error:
        fault = error.args[0]
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


def _checked(url: str) -> str:
    try:
        return read(url)
    except BadAddress as error:
        private = error.fault == AddressFault.PRIVATE
        raise _Fault(CheckFault.PRIVATE if private else CheckFault.ADDRESS) from error
    except ValueError as error:
        raise _Fault(CheckFault.ADDRESS) from error


def _ask(url: str, *, agent: str, network: Network, deadline: float) -> tuple[int, str]:
    """Status and Location of one answer, by HEAD, and by GET where HEAD is told no."""
    parts = urlsplit(url)
    name, secure = host(url), parts.scheme.lower() == "https"
    port = parts.port or (443 if secure else 80)
    if port not in network.ports:
        raise _Fault(CheckFault.PORT)
    numbers = _gate(name, port, network, deadline)
    shown = f"[{name}]" if ":" in name else name
    headers = {"Host": f"{shown}:{port}" if parts.port else shown, "User-Agent": agent, "Accept": "*/*"}
    place = (numbers, port, name if secure else "")
    try:
        status, location = _in_time(lambda: _answer("HEAD", target(url), headers, *place, deadline), deadline)
        if status < 400 or status in _BUSY:
            return status, location
    except _Fault as error:
        # Some servers do not know HEAD and hang up.
        if error.args[0] not in {CheckFault.CONNECTION, CheckFault.ANSWER}:
            raise
    return _in_time(lambda: _answer("GET", target(url), headers, *place, deadline), deadline)


def _gate(name: str, port: int, network: Network, deadline: float) -> list[str]:
    """The numbers to connect to. One that is not public among several refuses the whole name: which of them a later
    question gets is the other side's choice."""
    try:
        numbers = _in_time(lambda: network.resolve(name, port), deadline)
    except (OSError, UnicodeError) as error:
        raise _Fault(CheckFault.NAME) from error
    if not numbers:
        raise _Fault(CheckFault.NAME)
    known = [literal(number) for number in numbers]
    if any(number is None or not network.allowed(number) for number in known):
        raise _Fault(CheckFault.PRIVATE)
    return list(dict.fromkeys(str(number) for number in known))[:_NUMBERS]


def _in_time(ask: Callable, deadline: float):
    """What `ask` returns or raises. The system's resolver and a handshake cannot be told when to end: past the deadline
    they are left to end by themselves."""
    answers = Queue()

    def run():
        try:
            answers.put((ask(), None))
        except Exception as error:
            answers.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        value, error = answers.get(timeout=_left(deadline))
    except Empty:
        raise _Fault(CheckFault.TIME) from None
    if error is not None:
        raise error
    return value


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise _Fault(CheckFault.TIME)
    return left


def _answer(method, path, headers, numbers: list[str], port: int, secure_name: str, deadline) -> tuple[int, str]:
    """Status and Location from the first of the numbers that takes a connection."""
    for number in numbers:
        try:
            return _answer_of(number, port, secure_name, deadline, method=method, path=path, headers=headers)
        except _Fault as error:
            if error.args[0] != CheckFault.CONNECTION or number == numbers[-1]:
                raise
    raise _Fault(CheckFault.NAME)


def _answer_of(number, port, secure_name, deadline, *, method, path, headers) -> tuple[int, str]:
    connection = _connection(number, port, secure_name, _left(deadline))
    try:
        with _ended_at(deadline, connection):
            connection.connect()
            # The shutting may have come while there was nothing to shut.
            _left(deadline)
            connection.request(method, path, headers=headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
            # What was cut off at the deadline can read like an answer: its head seems to end there.
            _left(deadline)
            return response.status, _location(response.headers.get("Location", ""))
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise _Fault(_meaning(error, deadline)) from error
    finally:
        connection.close()


def _connection(number: str, port: int, secure_name: str, timeout: float) -> HTTPConnection:
    if not secure_name:
        return HTTPConnection(number, port, timeout=timeout)
    # The number is what is connected to; the name is what the certificate must be for.
    return HTTPSConnection(
        number,
        port,
        timeout=timeout,
        cert_reqs="CERT_REQUIRED",
        server_hostname=secure_name,
        assert_hostname=secure_name,
    )


def _location(header: str) -> str:
    """The header as text; http.client reads bytes as Latin-1, and what is not ASCII is UTF-8 in practice."""
    return header.encode("latin-1", "replace").decode("utf-8", "replace").strip()


@contextmanager
def _ended_at(deadline: float, connection):
    """Shut the connection at the deadline: a server that sends a byte now and then would outlive every time-out of a
    single read."""

    def end():
        with suppress(OSError, AttributeError):
            connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(_left(deadline), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _meaning(error: Exception, deadline: float) -> CheckFault:
    if time.monotonic() >= deadline or isinstance(error, TimeoutError):
        return CheckFault.TIME
    causes = [error, error.__cause__, error.__context__, *error.args]
    if any(isinstance(cause, ssl.SSLCertVerificationError | ssl.CertificateError) for cause in causes):
        return CheckFault.CERTIFICATE
    if isinstance(error, http.client.HTTPException | ValueError) and not isinstance(error, OSError):
        return CheckFault.ANSWER
    return CheckFault.CONNECTION
