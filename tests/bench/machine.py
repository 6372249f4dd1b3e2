"""The machine in general words: what figures depend on, and nothing that names it."""

import os
import platform
import re
from importlib.metadata import version

import psutil
import psycopg

from tests.bench.records import server

LIBRARIES = ("django", "granian", "psycopg")


def words() -> str:
    """Cores, memory, versions, and how busy it was when the part ended."""
    memory = psutil.virtual_memory().total / 1024**3
    return ", ".join((
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GB",
        f"{platform.system()} on {platform.machine()}",
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in LIBRARIES),
        f"PostgreSQL {server_version()}",
        f"load {os.getloadavg()[0]:.1f}",
    ))  # fmt: skip


def server_version() -> str:
    """Of the bench's own database server."""
    with psycopg.connect(**server(), dbname="postgres") as connection:
        return re.match(r"[\d.]+", connection.execute("show server_version").fetchone()[0])[0]
