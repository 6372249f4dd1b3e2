"""The button that sends a test message to a webhook, and tells what its receiver answered."""

import json
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.admin.sharing.telling import sent_in_words
from tracker.models.sharing import Webhook
from tracker.moment import utc_text
from tracker.sources.connecting import Network
from tracker.webhooks.sending import Sent, send
from tracker.webhooks.signing import headers

TYPE = "test"


def trial_screen(model_admin):
    """The view of the button, for those who may change the webhook; 403 for others. Waits for the answer, ten seconds
    at most."""

    @require_POST
    def screen(request, webhook: int):
        row = get_object_or_404(Webhook, pk=webhook)
        if not model_admin.has_change_permission(request, row):
            raise PermissionDenied
        sent = send_test(row, timezone.now(), network=model_admin.network)
        tell = messages.success if sent.taken else messages.warning
        tell(request, sent_in_words(sent))
        return HttpResponseRedirect(reverse("admin:tracker_webhook_change", args=[row.pk]))

    return screen


def send_test(webhook: Webhook, at: datetime, *, network: Network) -> Sent:
    """Send a message that tells of no change, signed as all are; nothing is kept of it."""
    second = int(at.timestamp())
    about = {"query": webhook.query, "language": webhook.language}
    body = json.dumps({"type": TYPE, "timestamp": utc_text(at.replace(microsecond=0)), "data": about}).encode()
    signed = headers(webhook.secret, message=f"msg_{webhook.pk}_{TYPE}_{second}", second=second, body=body)
    agent = f"usmca-review-tracker (+{settings.SITE_URL})"
    return send(webhook.address, body, signed, agent=agent, network=network)
