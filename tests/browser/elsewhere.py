"""Pages of other publishers, on origins of their own, for tests and pictures of what they show of this site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# A publisher's strictest policy under which the embed must work: {site} is ours.
STRICT = (
    "default-src 'none'; script-src {site}; frame-src {site}; style-src 'self'; img-src data:; "
    "require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'"
)
HEAD = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'


def page_of(body: str, *, head: str = "", language: str = "en") -> str:
    """A whole page around a body."""
    return f'<!doctype html><html lang="{language}"><head>{HEAD}<title>News</title>{head}</head>{body}</html>'


@contextmanager
def elsewhere(pages: dict[str, str], *, policy: str = "") -> Iterator[str]:
    """Serve those pages, path to text, under a content policy, if any; give their origin, which is not that of a site
    on 127.0.0.1."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            text = pages.get(self.path.partition("?")[0])
            self.send_response(404 if text is None else 200)
            kind = {"css": "text/css", "js": "text/javascript"}.get(self.path.rpartition(".")[2], "text/html")
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
