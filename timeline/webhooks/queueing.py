"""Putting changes into the queues of the webhooks: each change that is public and matches the webhook's query, once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import QueryDict

from timeline.query import BadQuery, parse
from timeline.views.offered import vocabulary
from tracker.models.record import Revision
from tracker.models.sharing import Delivery, Webhook
from tracker.moment import moment
from tracker.query import Query

ZONE = ZoneInfo(settings.RECORD_ZONE)


def queue(at: datetime) -> tuple[int, list[tuple[str, BadQuery]]]:
    """Queue what became public by the instant `at`: how many messages that makes, and the webhooks whose query can no
    longer be read, with what is wrong. Raises OperationalError while a deed at work takes too long."""
    # A deed at work may still have an earlier stamp than what is there already (docs/record.md, rule 13).
    Revision.objects.settled(at)
    queued, faults = 0, []
    for pk, address in Webhook.objects.in_use().values_list("pk", "address"):
        try:
            queued += _queue_for(pk, at)
        except BadQuery as fault:
            faults.append((address, fault))
    return queued, faults


@transaction.atomic
def _queue_for(pk: int, at: datetime) -> int:
    webhook = Webhook.objects.in_use().select_for_update().filter(pk=pk).first()
    if webhook is None:
        return 0
    seen_from = moment(now=at, zone=ZONE)
    fresh = Revision.objects.changes(seen_from).appeared_after(webhook.after_appears, webhook.after_row)
    newest = fresh.latest_appeared()
    if newest is None:
        return 0
    query = asked(webhook.query, at)
    wanted = fresh.of_classes(query.change).changes_matching(query, seen_from, webhook.language)
    found = list(wanted.in_appearance().values_list("pk", "event"))
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, row=row, event=event, queued_at=at, next_at=at) for row, event in found
    )
    webhook.after_appears, webhook.after_row = newest
    webhook.save(update_fields=["after_appears", "after_row"])
    return len(found)


def asked(text: str, at: datetime) -> Query:
    """The query of a webhook; BadQuery for one that cannot be read."""
    version = Revision.objects.version(at)
    return parse(
        QueryDict(text), topics=lambda: vocabulary(version, at).topics, actors=lambda: vocabulary(version, at).actors
    )
