"""nginx started for real with the shipped configurations, in a folder of its own, and a site that counts how often it
is asked."""

import os
import re
import shutil
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bench.machines import with_ports
from tests.databases import ROOT
from tests.serving import free_port, wait_for

NGINX = shutil.which("nginx") or (shutil.which("nginx", path="/usr/sbin:/usr/local/sbin"))
SHIPPED = ROOT / "deploy" / "nginx"
NAME = "example.org"  # What an operator puts another name in place of.
needs_nginx = pytest.mark.skipif(NGINX is None, reason="no nginx here (apt-get install nginx)")
KEPT = "public, max-age=0, s-maxage=60, stale-if-error=86400"
# What an address's path says of how long its answer may be kept; the last is what the application says of a refusal.
OTHERS = {"/brief": KEPT.replace("60", "1"), "/refused": "public, max-age=0, must-revalidate"}
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Asked(BaseHTTPRequestHandler):
    """Answers the number of the times it was asked for an address, the coding that was asked for, and by whom."""

    protocol_version = "HTTP/1.1"
    counts: Counter = Counter()
    heard: list[dict[str, str]] = []  # The headers of each request, names in small letters.

    def do_GET(self) -> None:
        self.counts[self.path] += 1
        self.heard.append({name.lower(): value for name, value in self.headers.items()})
        coding = self.headers.get("Accept-Encoding", "")
        body = f"{self.counts[self.path]} {coding} {self.headers.get('X-Forwarded-For')}".encode()
        self.send_response(404 if self.path == "/refused" else 200)
        for name, value in {
            "Cache-Control": OTHERS.get(self.path, KEPT),
            "Vary": "Accept-Encoding",
            "Content-Length": str(len(body)),
            "X-Request-Id": "of the web process",
            "Connection": "close",
            **({"Set-Cookie": "a=b"} if self.path == "/with-cookie" else {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def counting() -> Iterator[ThreadingHTTPServer]:
    """The one web process behind nginx; the other one is not there."""
    Asked.counts.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def running(folder: Path, text: str, ready: str) -> Iterator[subprocess.Popen]:
    """nginx with that configuration in that folder, once the address `ready` answers 200."""
    for one in (folder, *folder.parents[:2]):
        os.chmod(one, 0o755)  # Started by root, nginx works as another user.
    (folder / "tmp").mkdir()
    (folder / "tracker").symlink_to(SHIPPED / "tracker")
    (folder / "nginx.conf").write_text(text)
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(command, stderr=said)
    try:
        wait_for(ready, process, (folder / "said").read_text)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def trial(front: int, web: int) -> str:
    """The configuration without TLS, with these ports and the second web process away."""
    ports = {8080: front, 8081: free_port(), 8000: web, 8001: free_port()}
    return with_ports((SHIPPED / "trial.conf").read_text(), ports)


def public(folder: Path, web: int, *, plain: int, tls: int) -> str:
    """The configuration with TLS: ports and folders of its own, and a certificate of its own (certificate.pem)."""
    certify(folder)
    text = with_ports((SHIPPED / "nginx.conf").read_text(), {8081: free_port(), 8000: web, 8001: free_port()})
    for of, to in {"80": plain, "443": tls}.items():
        text = re.sub(rf"listen {of}\b", f"listen 127.0.0.1:{to}", text)
        text = re.sub(rf" *listen \[::\]:{of}\b(.*)\n", _sixth(to), text)
    moved = {
        "/run/nginx.pid": "nginx.pid",
        "/var/log/nginx/error.log alert": "error.log warn",  # A test may know who asks.
        "/var/lib/nginx/": "",
        f"/etc/letsencrypt/live/{NAME}/fullchain.pem": "certificate.pem",
        f"/etc/letsencrypt/live/{NAME}/privkey.pem": "key.pem",
        "/var/www/html": "html",
        "http {\n": "http {\n" + "".join(f"    {one}_temp_path tmp/{one};\n" for one in TEMPORARY),
    }
    for before, after in moved.items():
        assert before in text, f"the shipped nginx.conf no longer says {before}"
        text = text.replace(before, after)
    # Only root may say who the processes of nginx are, and not every system has Debian's name for them.
    return text.replace("user www-data;\n", "")


def certify(folder: Path) -> None:
    """Makes folder/certificate.pem, signed by itself, for the name of the shipped files, and folder/key.pem."""
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def _sixth(port: int) -> str:
    """In place of a line that listens to every address of version 6: this machine's own, if it has one."""
    if not socket.has_ipv6:
        return ""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return ""
    return rf"        listen [::1]:{port}\1\n"
