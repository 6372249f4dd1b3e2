"""What the record held of an event when a screen was shown, and what the screen showed of the desk's copy: short texts
that it sends back with its deed."""

import hashlib
import json

from django.db.models import Count, Max, Q
from django.utils import timezone

from tracker.models.record import Revision


def record_state(event: int) -> str:
    """Changes with every deed on the event, and when a scheduled statement begins."""
    is_open = Q(recorded__endswith__isnull=True)
    found = Revision.objects.filter(event=event).aggregate(
        number=Max("number"),
        row=Max("id"),
        open=Count("id", filter=is_open),
        begun=Count("id", filter=is_open & Q(known__startswith__lte=timezone.now())),
    )
    return "-".join(str(part or 0) for part in found.values())


def content_mark(content: dict) -> str:
    """Names what a statement says: also a source or a person that was renamed makes another of it."""
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=12).hexdigest()
