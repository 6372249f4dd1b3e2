"""How logging is set up, for the settings: everything to the error stream, in one shape (`logs`); and
what is left out."""

from typing import Any

SHAPES = ("json", "line")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
REQUESTS = "tracker.requests"


def logging_of(*, shape: str, level: str, requests: bool) -> dict[str, Any]:
    """Django's LOGGING. `shape`: json or line; `level`: of what is written at all; `requests`: one line for each."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "tracker.observing.logs.Json"},
            "line": {"()": "tracker.observing.logs.Line"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": shape}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Its own handlers would mail a page with settings, cookies and values, or write in a shape of their own.
            "django": {"handlers": [], "level": "NOTSET", "propagate": True},
            # 4xx are counted (tracker_requests_total) and stand among the requests; here they are noise of crawlers.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            REQUESTS: {"level": "INFO" if requests else "CRITICAL"},
        },
    }
