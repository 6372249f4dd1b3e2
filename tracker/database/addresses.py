"""Which databases there are, read from the environment: DATABASE_URL names the primary, DATABASE_REPLICA_URLS those
that follow it. A bad value is refused in words (ImproperlyConfigured) that hold no password."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

PARSED = "django.db.backends.postgresql"  # what dj_database_url makes of a postgres:// address
ENGINE = "tracker.database.server"
# Of a replica: the next one answers, so nobody need wait long. Two seconds is the least that libpq waits; the other,
# in milliseconds, ends what a machine that is gone would leave hanging for a quarter of an hour.
IMPATIENT = {"connect_timeout": 2, "tcp_user_timeout": 3000}
REFUSED = (
    "DATABASE_REPLICA_URLS: address {} cannot be read; allowed: addresses like "
    "postgres://name:password@host:5432/database, by commas (a comma in a password is %2C)."
)


def databases(*, embedded: Path, lasting: bool) -> dict[str, dict]:
    """Django's DATABASES. Without DATABASE_URL the back-end starts a server of its own over the folder `embedded`.
    `lasting`: connections are kept between requests."""
    url = os.environ.get("DATABASE_URL")
    found = {"default": _primary(url) if url else _embedded(embedded)}
    given = [text.strip() for text in os.environ.get("DATABASE_REPLICA_URLS", "").split(",") if text.strip()]
    if given and not url:
        raise ImproperlyConfigured("DATABASE_REPLICA_URLS is set and DATABASE_URL is not: name the primary there.")
    for number, text in enumerate(given, 1):
        found[f"replica-{number}"] = _replica(number, text)
    for database in found.values():
        database["CONN_HEALTH_CHECKS"] = True
        database["CONN_MAX_AGE"] = 60 if lasting else 0
        # A server that does not answer must not hold every thread: the pages then come from the last good copy. A
        # process that serves waits less (tracker/database/guarded.py).
        database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    return found


def _embedded(data: Path) -> dict:
    return {"ENGINE": "tracker.database", "NAME": "tracker", "EMBEDDED_DATA": data}


def _primary(url: str) -> dict:
    try:
        found = dj_database_url.parse(url)
    except ValueError as error:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read; allowed: an address like postgres://name:password@host:5432/database."
        ) from error
    if found["ENGINE"] != PARSED:
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database (15 or newer).")
    return {**found, "ENGINE": ENGINE}


def _replica(number: int, url: str) -> dict:
    try:
        found = dj_database_url.parse(url)
    except ValueError as error:
        raise ImproperlyConfigured(REFUSED.format(number)) from error
    if found["ENGINE"] != PARSED or not found["NAME"]:
        raise ImproperlyConfigured(REFUSED.format(number))
    found["OPTIONS"] = IMPATIENT | found.get("OPTIONS", {})
    found["TEST"] = {"MIRROR": "default"}
    return {**found, "ENGINE": ENGINE}
