"""The web server of `make run` and of a deployment; each value may be set in the environment."""

import os
from pathlib import Path

host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
pid_file = Path(os.environ.get("TRACKER_VAR") or "var") / "web.pid"

wsgi_app = "tracker.wsgi"
bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True  # One import of the code for all workers: the first answer comes sooner, and memory is shared.
graceful_timeout = 30
# No header of a request changes who asked or how: what a proxy of ours says, the settings read (TRUSTED_PROXIES,
# BEHIND_HTTPS_PROXY). Gunicorn would believe whoever asks from this machine.
forwarded_allow_ips = ""
loglevel = "warning"
control_socket_disable = True  # It would be a socket in the home folder, the same for every site there.


def when_ready(server):
    # Not gunicorn's own pid file: that one refuses to start if another program has the number that it finds.
    pid_file.parent.mkdir(parents=True, exist_ok=True)
    pid_file.write_text(str(server.pid))
    print(f"\nThe tracker is at {os.environ.get('SITE_URL', bind)}/ (Ctrl-C ends it)")
    elsewhere = "" if (host, port) == ("127.0.0.1", "8000") else f"HOST={host} PORT={port} "
    print(f"First administrator, in another terminal: {elsewhere}make admin", flush=True)


def on_exit(server):
    pid_file.unlink(missing_ok=True)
