"""The message that tells a webhook of one change: the event in the document shape, and what kind of change it is."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from timeline.formats.document import document
from tracker.models.record import Address, Revision
from tracker.models.sharing import Delivery
from tracker.moment import utc_text

TYPE = "change"


def message(delivery: Delivery) -> bytes | None:
    """The body, JSON in UTF-8, the same at every attempt; None if the record no longer has the change."""
    row = Revision.objects.lean().filter(pk=delivery.row).first()
    return None if row is None else written(row, delivery.webhook.language)


def written(row: Revision, language: str) -> bytes:
    """The message of a change, in a language. Stamps are UTC; a retraction has no `document`."""
    slug = Address.objects.current(row.event)
    body = {
        "type": TYPE,
        "timestamp": utc_text(row.appears),
        "data": {
            "event": row.event,
            "number": row.number,
            "slug": slug,
            "address": _address(slug, language),
            "language": language,
            "classes": list(row.classes),
            "reason": row.reason,
            "retracted": row.retracted,
            "known_from": utc_text(row.known.lower),
            "recorded_from": utc_text(row.recorded.lower),
            "document": None if row.retracted else document(row.entry(language)),
        },
    }
    return json.dumps(body, ensure_ascii=False).encode()


def _address(slug: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse("event", args=[slug])
