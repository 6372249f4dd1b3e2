"""Delivering what waits: each message at least once, by any number of senders at a time, with pauses that grow."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from tracker.models.sharing import Delivery, Webhook
from tracker.sources.connecting import INTERNET, Network
from tracker.vocabulary import DeliveryState
from tracker.webhooks.sending import Sent, send
from tracker.webhooks.signing import headers

# How long after each attempt that failed the next one is made; after the last a message is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60))
# So many messages given up one after the other, and the webhook is switched off.
ENOUGH = 5

Body = Callable[[Delivery], bytes | None]


def deliver(
    body: Body, *, at: datetime, agent: str, limit: int = 1000, network: Network = INTERNET
) -> dict[DeliveryState, int]:
    """Send what is due `at` that instant, at most `limit` messages; how many were taken, wait again or were given up.

    `body` makes the message of a delivery, None for one that there is nothing to say of any more. A receiver that fails
    once is left alone for the rest of the run: its other messages wait for the next one.
    """
    counts = dict.fromkeys(DeliveryState, 0)
    failed: set[int] = set()
    for _number in range(limit):
        # The lock is held while the message is sent: a sender that is killed leaves it waiting, as it was.
        with transaction.atomic():
            delivery = Delivery.objects.due(at).exclude(webhook__in=failed).unlocked().first()
            if delivery is None:
                break
            sent = _sent(delivery, body(delivery), at=at, agent=agent, network=network)
            _note(delivery, sent, at=at)
            if sent.unwanted or _given_up_again_and_again(delivery):
                _switch_off(delivery.webhook)
        counts[delivery.state] += 1
        if not sent.taken:
            failed.add(delivery.webhook_id)
    return counts


def message_id(delivery: Delivery) -> str:
    """The same at every attempt, so that a receiver can tell a message that it has already taken."""
    return f"msg_{delivery.webhook_id}_{delivery.row}"


def _sent(delivery: Delivery, body: bytes | None, *, at: datetime, agent: str, network: Network) -> Sent:
    if body is None:
        return Sent(status=204)
    hook = delivery.webhook
    signed = headers(hook.secret, message=message_id(delivery), second=int(at.timestamp()), body=body)
    return send(hook.address, body, signed, agent=agent, network=network)


def _note(delivery: Delivery, sent: Sent, *, at: datetime) -> None:
    delivery.attempts += 1
    delivery.last_at, delivery.answered = at, sent.status
    delivery.detail = sent.fault or ""
    if sent.taken:
        delivery.state, delivery.next_at = DeliveryState.TAKEN, None
    elif sent.unwanted or delivery.attempts > len(PAUSES):
        delivery.state, delivery.next_at = DeliveryState.GIVEN_UP, None
    else:
        delivery.next_at = at + PAUSES[delivery.attempts - 1]
    delivery.save(update_fields=["attempts", "last_at", "answered", "detail", "state", "next_at"])


def _given_up_again_and_again(delivery: Delivery) -> bool:
    if delivery.state != DeliveryState.GIVEN_UP:
        return False
    ended = delivery.webhook.deliveries.exclude(state=DeliveryState.WAITING).order_by("-last_at", "-pk")
    states = list(ended.values_list("state", flat=True)[:ENOUGH])
    return len(states) == ENOUGH and set(states) == {DeliveryState.GIVEN_UP}


def _switch_off(webhook: Webhook) -> None:
    webhook.active = False
    webhook.version += 1
    webhook.save(update_fields=["active", "version", "changed_at"])
