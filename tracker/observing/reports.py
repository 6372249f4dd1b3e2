"""Reports of errors to Sentry, or whatever speaks its protocol: what failed and where in the code, and nothing of who
asked for what. Loaded only where SENTRY_DSN is set.

A report is not cleaned but made anew, of the fields listed here: what a later release of the library adds stays at
home.
"""

import logging
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.excepthook import ExcepthookIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.integrations.threading import ThreadingIntegration

from tracker.observing.current import current, face_of, request_id
from tracker.observing.words import fault_words

_OF_AN_EVENT = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment", "sdk")
_OF_AN_ERROR = ("type", "module")
_OF_A_FRAME = [
    "filename",
    "module",
    "function",
    "lineno",
    "in_app",
    "pre_context",
    "context_line",
    "post_context",
]  # The code around it, never its variables.


def begin(dsn: str) -> None:
    """From here on what is logged as an error is reported."""
    sentry_sdk.init(
        dsn=dsn,
        release=settings.RELEASE,
        environment=settings.MODE,
        # None of the library's own choice: they read requests, patch what asks other sites, and list what is installed.
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
            ExcepthookIntegration(),
            ThreadingIntegration(propagate_scope=False),
            DedupeIntegration(),
        ],
        before_send=report,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="",
        traces_sample_rate=None,
        propagate_traces=False,
        shutdown_timeout=1,
    )


def report(event: Any, _hint: Any = None) -> Any:
    """Sentry's before_send: the report of an event, made of what it may hold."""
    found: dict[str, Any] = {name: event[name] for name in _OF_AN_EVENT if event.get(name)}
    request = current()
    if request is not None:
        found["tags"] = {"face": face_of(request), "request_id": request_id()}
        found["transaction"] = face_of(request)
    errors = (event.get("exception") or {}).get("values") or []
    if errors:
        found["exception"] = {"values": [_error(one) for one in errors]}
    elif event.get("logentry"):
        # With its places open: what stands in them is anybody's.
        found["logentry"] = {"message": fault_words("", str(event["logentry"].get("message", "")))}
    return found


def _error(error: dict[str, Any]) -> dict[str, Any]:
    found = {name: error[name] for name in _OF_AN_ERROR if error.get(name)}
    found["value"] = fault_words(str(error.get("type", "")), str(error.get("value", "")))
    frames = (error.get("stacktrace") or {}).get("frames") or []
    found["stacktrace"] = {
        "frames": [{name: frame[name] for name in _OF_A_FRAME if frame.get(name) is not None} for frame in frames]
    }
    return found
