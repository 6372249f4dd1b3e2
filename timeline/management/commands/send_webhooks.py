"""`manage.py send_webhooks`: tell the webhooks of what changed; for a timer, every minute or so."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils import timezone

from timeline.webhooks.messages import message
from timeline.webhooks.queueing import queue
from tracker.vocabulary import DeliveryState
from tracker.webhooks.delivering import deliver


class Command(BaseCommand):
    help = "Queues the changes that became public for the webhooks that want them, and sends what is due."

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("--limit", type=int, default=1000, help="send at most so many messages (1000)")

    def handle(self, *args, limit, **options):
        at = timezone.now()
        try:
            queued, faults = queue(at)
        except OperationalError as error:
            raise CommandError(str(error)) from error
        agent = f"usmca-review-tracker (+{settings.SITE_URL})"
        counts = deliver(message, at=at, agent=agent, limit=max(0, limit))
        self.stdout.write(
            f"{queued} queued, {counts[DeliveryState.TAKEN]} taken, {counts[DeliveryState.WAITING]} to be tried again, "
            f"{counts[DeliveryState.GIVEN_UP]} given up."
        )
        for address, fault in faults:
            self.stderr.write(f"Nothing is queued for {address}, whose query cannot be read: {fault}")
