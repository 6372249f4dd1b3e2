"""A site of two processes with everything that is observed switched on, and a receiver of its reports."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli
import pytest
from django.db import connection

from tests.databases import database, manage
from tests.serving import Site, serve

TOKEN = "a-token-that-prometheus-sends"


@dataclass
class Receiver:
    """What speaks Sentry's protocol on this machine, and keeps what it is told."""

    port: int
    bodies: list[bytes] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    @property
    def dsn(self) -> str:
        return f"http://public-key@127.0.0.1:{self.port}/7"

    def event(self, number: str) -> dict:
        """The event that tells of a request, by its number; fails if it has not come within ten seconds."""

        def found() -> list[dict]:
            events = [json.loads(body.split(b"\n")[2]) for body in self.bodies]
            return [event for event in events if event.get("tags", {}).get("request_id") == number]

        with self.came:
            assert self.came.wait_for(found, timeout=10), self.bodies
            return found()[0]


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    found = Receiver(0)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Encoding"] == "br"
            body = brotli.decompress(body)
            with found.came:
                found.bodies.append(body)
                found.came.notify_all()
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def observed(receiver, django_db_setup, django_db_blocker) -> Iterator[Site]:
    """Shared by all tests that look at a site from outside; over a copy of the tests' own empty database, where a test
    of this run needs that."""
    with django_db_blocker.unblock():
        connection.close()  # Nobody may be at work in what is copied.
    name = connection.settings_dict["NAME"]
    made = name.startswith("test_")
    with database("test_tracker_observed", name if made else "template1") as url:
        if not made:
            manage(url, "migrate", "--verbosity=0")
        manage(url, "prepare", "--only", "files")
        more = {"REQUEST_LOG": "all", "METRICS_TOKEN": TOKEN, "SENTRY_DSN": receiver.dsn, "SLOW_QUERY_MS": "1"}
        with serve(url, WEB_CONCURRENCY="2", TRUSTED_PROXIES="1", KEPT_MS="1000", **more) as site:
            yield site
