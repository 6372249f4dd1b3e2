"""Hostile requests over real sockets: several connections that are kept as long as the server keeps them."""

import http.client
import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.hostile.shots import Shot

PATIENCE = 20  # seconds that an answer may take, whatever else the machine does; longer is "hung"


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` 0: the server closed the connection without a word. `fault`: what went wrong on the wire, else empty."""

    shot: Shot
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float
    fault: str = ""

    def header(self, name: str) -> str:
        """The first value of a header, empty if there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


class Client:
    """One connection, made anew whenever the last request or its answer has ended it."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        self._to, self.host = (str(parts.hostname), int(parts.port or 80)), parts.netloc
        self._socket: socket.socket | None = None

    def close(self) -> None:
        if self._socket:
            self._socket.close()
            self._socket = None

    def ask(self, shot: Shot) -> list[Answer]:
        """Every answer to the request: one, but where it was no sound one."""
        if not shot.sound:
            self.close()
        begun = time.monotonic()
        found: list[Answer] = []
        try:
            fresh = self._send(shot)
            found.append(self._read(shot, begun))
            if found[0].status == 0 and not fresh and shot.sound:  # A kept connection that had just been ended.
                self.close()
                self._send(shot)
                found = [self._read(shot, begun)]
            while not shot.sound and len(found) < shot.answers and found[-1].status and self._socket and self._more():
                found.append(self._read(shot, begun))
        except TimeoutError:
            found.append(Answer(shot, 0, (), b"", time.monotonic() - begun, f"no answer within {PATIENCE} s"))
            self.close()
        if not shot.sound:
            self.close()
        return found

    def _send(self, shot: Shot) -> bool:
        fresh = self._socket is None
        if self._socket is None:
            self._socket = socket.create_connection(self._to, timeout=PATIENCE)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(shot.bytes(self.host))
            if not shot.sound and shot.answers < 5:
                self._socket.shutdown(socket.SHUT_WR)  # No more will come: whatever is missing is missing.
        except (BrokenPipeError, ConnectionResetError, OSError):
            pass  # It may have answered before it ended the connection.
        return fresh

    def _more(self) -> bool:
        assert self._socket
        self._socket.settimeout(0.3)
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except OSError:
            return False
        finally:
            self._socket.settimeout(PATIENCE)

    def _read(self, shot: Shot, begun: float) -> Answer:
        assert self._socket
        answer = http.client.HTTPResponse(self._socket, method=shot.method.upper() if shot.sound else "GET")
        try:
            answer.begin()
            body = answer.read()
        except (http.client.BadStatusLine, ConnectionResetError):  # BadStatusLine: also where there was none at all.
            self.close()
            return Answer(shot, 0, (), b"", time.monotonic() - begun)
        except http.client.HTTPException as error:
            self.close()
            # Who breaks off in the midst of what it sends may be broken off in the midst of the answer.
            cut = isinstance(error, http.client.IncompleteRead) and not shot.sound
            return Answer(shot, 0, (), b"", time.monotonic() - begun, "" if cut else f"no HTTP: {error!r}")
        finally:
            answer.close()
        if answer.will_close:
            self.close()
        return Answer(shot, answer.status, tuple(answer.getheaders()), body, time.monotonic() - begun)


def ask_all(url: str, shots: Iterable[Shot], *, connections: int) -> Iterable[Answer]:
    """The answers to all requests, as they come, over so many connections at once."""
    waiting, lock, done = iter(shots), threading.Lock(), threading.Event()
    answers: list[Answer] = []
    came = threading.Condition()

    def work() -> None:
        client = Client(url)
        try:
            while not done.is_set():
                with lock:
                    shot = next(waiting, None)
                if shot is None:
                    return
                found = client.ask(shot)
                with came:
                    answers.extend(found)
                    came.notify()
        finally:
            client.close()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(connections)]
    for thread in threads:
        thread.start()
    try:
        while True:
            with came:
                alive = any(thread.is_alive() for thread in threads)
                if not answers and alive:
                    came.wait(0.05)
                taken, answers[:] = answers[:], []
            yield from taken
            if not taken and not alive:
                return
    finally:
        done.set()
        for thread in threads:
            thread.join()
