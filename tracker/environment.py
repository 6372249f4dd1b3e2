"""Reads what differs between machines from the environment, for the settings: each value checked, and a bad one refused
with a sentence (ImproperlyConfigured) that says what is allowed."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry


def flag(name: str) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: 1 or 0.")
    return value in {"1", "true", "yes"}


def number(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, "") or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: a number from {least} to {most}.")
    return int(value)


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
