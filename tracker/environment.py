"""Reads what differs between machines from the environment, for the settings: each value checked, and a bad one refused
with a sentence (ImproperlyConfigured) that says what is allowed."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

from tracker.environment_table import BY_NAME


def flag(name: str) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: 1 or 0.")
    return value in {"1", "true", "yes"}


def number(name: str, default: int | None = None) -> int:
    """A whole number: its default and bounds are those of the table (tracker/environment_table.py). `default`: where
    another one holds in this mode."""
    row = BY_NAME[name]
    if row.number is None or row.least is None or row.most is None:
        raise ValueError(f"{name} is no number in tracker/environment_table.py.")
    value = os.environ.get(name, "") or str(row.number if default is None else default)
    if not (value.isascii() and value.isdigit() and len(value) < 10 and row.least <= int(value) <= row.most):
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: a number from {row.least} to {row.most}.")
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the words allowed."""
    value = os.environ.get(name) or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: {', '.join(allowed)}.")
    return value


def metrics_token() -> str:
    """What opens /metrics to others than this machine; empty if nothing does. The words of a refusal do not hold it."""
    token = os.environ.get("METRICS_TOKEN", "")
    if token and not re.fullmatch(r"[!-~]{20,200}", token):
        raise ImproperlyConfigured("METRICS_TOKEN is too short or holds spaces; allowed: 20 characters or more, ASCII.")
    return token


def error_reports() -> str:
    """Where errors are reported to, empty for nowhere: Sentry's DSN. The words of a refusal do not hold its key."""
    dsn = os.environ.get("SENTRY_DSN", "")
    if not dsn:
        return ""
    parts = urlsplit("")
    try:
        parts = urlsplit(dsn)
        known = parts.port != 0 and parts.scheme in {"http", "https"} and parts.hostname and parts.username
    except ValueError:
        known = False
    if not known or not re.fullmatch(r"/([^/]+/)*\d+", parts.path) or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "SENTRY_DSN cannot be read; allowed: an address like https://key@sentry.example.org/7."
        )
    return dsn


def secret_key(*, production: bool) -> str:
    key = os.environ.get("SECRET_KEY", "")
    file = os.environ.get("SECRET_KEY_FILE")
    if not key and file:
        try:
            key = Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}") from error
    if not production:
        return key or "not-a-secret: development and test only"
    if len(key) < 50 or len(set(key)) < 5 or key.startswith(("django-insecure", "not-a-secret", "changeme")):
        raise ImproperlyConfigured(
            "SECRET_KEY is missing, a default or too short: production needs 50 random characters or more, "
            "in SECRET_KEY or in the file that SECRET_KEY_FILE names."
        )
    return key


def former_keys() -> list[str]:
    """The secret keys of before, newest first: by commas, or the lines of the file that SECRET_KEY_FALLBACKS_FILE
    names."""
    file = os.environ.get("SECRET_KEY_FALLBACKS_FILE")
    try:
        text = Path(file).read_text() if file else os.environ.get("SECRET_KEY_FALLBACKS", "").replace(",", "\n")
    except OSError as error:
        raise ImproperlyConfigured(f"SECRET_KEY_FALLBACKS_FILE cannot be read: {error}") from error
    keys = [key.strip() for key in text.splitlines() if key.strip()]
    if any(len(key) < 50 for key in keys):
        raise ImproperlyConfigured(
            "SECRET_KEY_FALLBACKS holds a key that is too short; allowed: keys of 50 characters."
        )
    return keys


def allowed_hosts(*, production: bool) -> list[str]:
    hosts = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host.strip()]
    if production and (not hosts or "*" in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty or '*': production needs the names that this site answers to, by commas."
        )
    return hosts or ["localhost", "127.0.0.1", "[::1]", "testserver"]


def site_url(*, production: bool) -> str:
    url = os.environ.get("SITE_URL", "").rstrip("/")
    if not url:
        if production:
            raise ImproperlyConfigured("SITE_URL is empty: production needs it, for instance https://example.org.")
        return "http://127.0.0.1:8000"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"SITE_URL is {url!r}; allowed: scheme and host, like https://example.org.")
    return url


def mail_server() -> tuple[str, dict]:
    """Django's back-end and where it sends. The words of a refusal hold no password."""
    url = os.environ.get("EMAIL_URL", "")
    if not url:
        return "django.core.mail.backends.console.EmailBackend", {}
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname or port == 0 or parts.path.strip("/"):
        raise ImproperlyConfigured(
            "EMAIL_URL cannot be read; allowed: smtp://name:password@host:587 (STARTTLS), smtps://…:465, or "
            "smtp+plain://host:25 for a server on this machine."
        )
    ssl, starttls = parts.scheme == "smtps", parts.scheme == "smtp"
    return "django.core.mail.backends.smtp.EmailBackend", {
        "host": parts.hostname,
        "port": port or {"smtps": 465, "smtp": 587}.get(parts.scheme, 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "ssl": ssl,
        "starttls": starttls,
    }


def contact() -> tuple[str, str]:
    """Where readers report an error: an address of mail and one of a page, each empty if nobody set it."""
    mail, page = os.environ.get("CONTACT_EMAIL", ""), os.environ.get("CONTACT_URL", "")
    if mail and not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", mail, re.ASCII):
        raise ImproperlyConfigured(f"CONTACT_EMAIL is {mail!r}; allowed: an address like corrections@example.org.")
    parts = urlsplit(page)
    if page and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise ImproperlyConfigured(f"CONTACT_URL is {page!r}; allowed: an address like https://example.org/contact.")
    return mail, page


def answers(folder: Path, *, mode: str) -> dict:
    """Django's cache for whole public answers: the server that CACHE_URL names, else files in the folder; in a
    development nothing is kept, so that a template just saved shows. The words of a refusal hold no password."""
    url = os.environ.get("CACHE_URL", "")
    if not url:
        return {
            "production": {"BACKEND": "timeline.kept.files.AnswerFiles", "LOCATION": str(folder)},
            "development": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
            "test": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "answers"},
        }[mode]
    parts = urlsplit("")
    try:
        parts = urlsplit(url)
        readable = parts.port != 0 and re.fullmatch(r"(/\d{0,3})?", parts.path)
    except ValueError:
        readable = False
    schemes = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
    if not readable or parts.scheme not in schemes or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "CACHE_URL cannot be read; allowed: redis://name:password@host:6379/0, or rediss:// for TLS (valkey:// and "
            "valkeys:// mean the same), or nothing, for files of this machine."
        )
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": [parts._replace(scheme=schemes[parts.scheme]).geturl()],
        "OPTIONS": {
            "serializer": "timeline.kept.shared.Plain",
            "socket_connect_timeout": 0.25,
            "socket_timeout": 0.25,
            "retry": Retry(NoBackoff(), 0),
        },
    }
