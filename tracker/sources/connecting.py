"""Connecting to an address of the public internet, and to nothing else: bounded in time, never inwards.

The name is resolved here, every number it has must be public, and the connection goes to the very number that was
looked at, so a name that changes in between gains nothing. Requests carry no cookie, no password and no referrer, and
go past no proxy.
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
from typing import Any
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from tracker.sources.address import BadAddress, host, read, target
from tracker.sources.internet import is_public, literal
from tracker.vocabulary import AddressFault, CheckFault

SECONDS = 10.0
# How many numbers of one name are tried.
_NUMBERS = 3
_USUAL = frozenset({80, 443})


def _ask_the_system(name: str, port: int) -> list[str]:
    return [str(row[4][0]) for row in socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True)
class Network:
    """What may be reached: `resolve` gives the numbers of a name (OSError: it has none), `allowed` says of a number
    whether to connect to it, `ports` are the only ones."""

    resolve: Callable[[str, int], list[str]] = _ask_the_system
    allowed: Callable = is_public
    ports: frozenset[int] = _USUAL


INTERNET = Network()


class Unanswered(Exception):
    """There is no answer to speak of; `fault` is the CheckFault that says why."""

    def __init__(self, fault: CheckFault):
        super().__init__(fault)
        self.fault = fault


def checked(url: str) -> str:
    """The address in its plain form; Unanswered for what is none, or leads into a private network by its letter."""
    try:
        return read(url)
    except BadAddress as error:
        private = error.fault == AddressFault.PRIVATE
        raise Unanswered(CheckFault.PRIVATE if private else CheckFault.ADDRESS) from error
    except ValueError as error:
        raise Unanswered(CheckFault.ADDRESS) from error


@dataclass(frozen=True)
class Place:
    """Where an address leads: the path and query to ask for, the numbers to connect to, and the name that a certificate
    must be for (empty without one)."""

    path: str
    shown: str
    numbers: tuple[str, ...]
    port: int
    secure_name: str


def place(url: str, *, network: Network, deadline: float) -> Place:
    """Where a checked address leads, looked up and allowed. Unanswered otherwise."""
    parts = urlsplit(url)
    name, secure = host(url), parts.scheme.lower() == "https"
    port = parts.port or (443 if secure else 80)
    if port not in network.ports:
        raise Unanswered(CheckFault.PORT)
    numbers = _gate(name, port, network, deadline)
    shown = f"[{name}]" if ":" in name else name
    return Place(target(url), f"{shown}:{port}" if parts.port else shown, tuple(numbers), port, name if secure else "")


def answer(
    method: str, where: Place, headers: dict[str, str], *, deadline: float, body: bytes | None = None
) -> tuple[int, str]:
    """Status and Location of one answer, whose body is not read. Unanswered where there is none in time."""
    headers = {"Host": where.shown, **headers}
    return _in_time(lambda: _of_the_first(method, where, headers, body, deadline), deadline)


def _gate(name: str, port: int, network: Network, deadline: float) -> list[str]:
    """The numbers to connect to. One that is not public among several refuses the whole name: which of them a later
    question gets is the other side's choice."""
    try:
        numbers = _in_time(lambda: network.resolve(name, port), deadline)
    except (OSError, UnicodeError) as error:
        raise Unanswered(CheckFault.NAME) from error
    if not numbers:
        raise Unanswered(CheckFault.NAME)
    known = [literal(number) for number in numbers]
    if any(number is None or not network.allowed(number) for number in known):
        raise Unanswered(CheckFault.PRIVATE)
    return list(dict.fromkeys(str(number) for number in known))[:_NUMBERS]


def _in_time(ask: Callable, deadline: float):
    """What `ask` returns or raises. The system's resolver and a handshake cannot be told when to end: past the deadline
    they are left to end by themselves."""
    answers: Queue[Any] = Queue()

    def run():
        try:
            answers.put((ask(), None))
        except Exception as error:
            answers.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        value, error = answers.get(timeout=_left(deadline))
    except Empty:
        raise Unanswered(CheckFault.TIME) from None
    if error is not None:
        raise error
    return value


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unanswered(CheckFault.TIME)
    return left


def _of_the_first(method, where: Place, headers, body, deadline) -> tuple[int, str]:
    """From the first of the numbers that takes a connection."""
    for number in where.numbers:
        try:
            return _of_one(number, where, deadline, method=method, headers=headers, body=body)
        except Unanswered as error:
            if error.fault != CheckFault.CONNECTION or number == where.numbers[-1]:
                raise
    raise Unanswered(CheckFault.NAME)


def _of_one(number, where: Place, deadline, *, method, headers, body) -> tuple[int, str]:
    connection = _connection(number, where.port, where.secure_name, _left(deadline))
    try:
        with _ended_at(deadline, connection):
            connection.connect()
            # The shutting may have come while there was nothing to shut.
            _left(deadline)
            connection.request(
                method, where.path, body=body, headers=headers, preload_content=False, decode_content=False
            )
            response = connection.getresponse()
            # What was cut off at the deadline can read like an answer: its head seems to end there.
            _left(deadline)
            return response.status, _location(response.headers.get("Location", ""))
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise Unanswered(_meaning(error, deadline)) from error
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
