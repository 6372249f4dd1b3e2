"""Names that stay for ever, in calendars and feeds: of an event, of a change, of a feed.

They hold no host, since a site may move, and nothing else that may change: the record's own name is made from its first
stamp, which goes wherever the record goes and which no other record shares (RFC 9562, 5.5). Within it the permanent id
of an event is enough.
"""

from datetime import datetime
from uuid import UUID, uuid5

from tracker.moment import utc_text

_RECORDS = UUID("6f6f0a0c-2f0e-4c5b-9d6e-2a1f4a0f9b34")


def record_name(began: datetime | None) -> UUID:
    """The name of the record that began at an instant; of an empty one a name that all empty ones share."""
    return uuid5(_RECORDS, utc_text(began) if began else "empty")


def calendar_name(record: UUID, event: int, language: str) -> str:
    """The UID of an event's entry in a calendar: one a language, so that two calendars can stand side by side."""
    return f"event-{event}-{language}@{record}"


def urn(record: UUID, *parts: str | int) -> str:
    """The name of a thing of the record, as a feed writes it: urn(record, "event", 12, "es")."""
    return uuid5(record, " ".join(map(str, parts))).urn
