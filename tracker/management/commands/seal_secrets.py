"""`manage.py seal_secrets`: seals the secrets of second factors by the present SECRET_KEY."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from tracker.sealing import Unreadable, seal, unseal
from tracker.signing.factor_adapter import PURPOSE

SECRETS = ("secret", "seed")  # Of an authenticator app; of recovery codes.


class Command(BaseCommand):
    help = (
        "Seals the secrets of second factors by the present SECRET_KEY: those that an earlier release wrote plain, and "
        "those that a key of SECRET_KEY_FALLBACKS sealed, which may be dropped afterwards."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = 0, 0
        with transaction.atomic():
            for row in Authenticator.objects.select_for_update().order_by("pk"):
                try:
                    sealed = resealed(row.data)
                except Unreadable:
                    lost += 1
                    continue
                if sealed != row.data:
                    row.data = sealed
                    row.save(update_fields=["data"])
                    done += 1
        self.stdout.write(f"Sealed: {done}.")
        if lost:
            self.stderr.write(
                f"Not readable by SECRET_KEY nor by SECRET_KEY_FALLBACKS: {lost}. They were left as they are; their "
                "accounts get a new factor by `manage.py create_admin NAME --reset`."
            )


def resealed(data: dict[str, Any]) -> dict[str, Any]:
    """What a row holds, with its secrets sealed anew. Raises tracker.sealing.Unreadable."""
    return data | {name: seal(unseal(data[name], purpose=PURPOSE), purpose=PURPOSE) for name in SECRETS if name in data}
