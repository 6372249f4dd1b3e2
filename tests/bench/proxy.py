"""The shipped nginx configuration before the site, beside nginx that serves the same bytes as a file."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures import Figure, beside
from tests.bench.measuring import in_turns
from tests.bench.records import ROOT
from tests.bench.site import Site, load, served
from tests.serving import free_port, status

PATIENCE = 30  # seconds
SHIPPED = ROOT / "deploy" / "nginx" / "trial.conf"
PLAIN = """
server {{
    listen 127.0.0.1:{port};
    root {folder};
    default_type text/html;
    add_header Content-Encoding gzip;
}}
"""


def behind_nginx(name: str, *, seconds: float, rounds: int) -> tuple[list[Figure], list[str]]:
    """The figures over a database of the bench, and what was left out and why."""
    if shutil.which("nginx") is None:
        return [], ["what stands behind nginx: no nginx was found (apt-get install nginx)."]
    if not SHIPPED.exists():
        return [], ["what stands behind nginx: there is no deploy/nginx/trial.conf."]
    with served(name) as site, tempfile.TemporaryDirectory(prefix="tracker-nginx-") as folder:
        body = site.fetch("/")[1]
        (Path(folder) / "page.html").write_bytes(body)
        os.chmod(folder, 0o755)
        with nginx(site, Path(folder)) as (proxy, plain):
            gzip = {"Accept-Encoding": "gzip"}
            found = in_turns(
                {
                    "kept": load(f"{proxy}/", seconds=seconds, headers=gzip),
                    "file": load(f"{plain}/page.html", seconds=seconds, headers=gzip),
                },
                rounds=rounds,
                warm=False,
            )
    words = "the timeline page, kept by nginx"
    of = "the same bytes as a file of nginx"
    return [beside(words, found["kept"], found["file"], unit="requests/s", of=of, least=0.95)], []


@contextmanager
def nginx(site: Site, folder: Path) -> Iterator[tuple[str, str]]:
    """nginx with the shipped configuration before the site, and with files; the origins of both."""
    ports = free_port(), free_port()
    (folder / "tmp").mkdir()
    (folder / "tracker").symlink_to(SHIPPED.parent / "tracker")
    conf, errors = folder / "nginx.conf", folder / "error.log"
    conf.write_text(configuration(SHIPPED.read_text(), site, folder, *ports, free_port()))
    with errors.open("w") as said:
        process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(conf), "-g", "daemon off;"], stderr=said)
    proxy, plain = (f"http://127.0.0.1:{port}" for port in ports)
    try:
        end = time.monotonic() + PATIENCE
        while not status(f"{plain}/page.html") == status(f"{proxy}/") == 200:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"nginx does not answer: {errors.read_text()}")
            time.sleep(0.1)
        yield proxy, plain
    finally:
        process.terminate()
        process.wait(20)


def configuration(shipped: str, site: Site, folder: Path, proxy: int, plain: int, inner: int) -> str:
    """The shipped file with ports of its own and one web process behind it, and a further server that gives files."""
    ours = {"8080": f"127.0.0.1:{proxy}", "8081": f"127.0.0.1:{inner}", "8000": site.url.removeprefix("http://")}
    lines = (line for line in shipped.splitlines(keepends=True) if "127.0.0.1:8001" not in line)
    text = re.sub(r"127\.0\.0\.1:(8080|8081|8000)\b", lambda found: ours[found[1]], "".join(lines))
    end = text.rindex("}")
    return text[:end] + PLAIN.format(port=plain, folder=folder) + text[end:]
