"""The second factors of an account: a passkey, an authenticator app, and recovery codes beside them."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from tracker.auditing import note
from tracker.vocabulary import LogAction

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_factor(user) -> bool:
    """Whether the account has a second factor; recovery codes alone are none. One query."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def other_factors(authenticator: Authenticator) -> QuerySet:
    """The second factors of the same account beside this one."""
    return Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS).exclude(pk=authenticator.pk)


def remove_factors(user, *, by=None, who: str = "", reason: str = "", address: str | None = None) -> int:
    """Removes every second factor and the recovery codes of an account whose owner has lost them; gives how many. The
    next sign-in sets up new ones. Sessions that are open owe that too. `by` or `who` did it, for the log."""
    with transaction.atomic():
        rows = list(Authenticator.objects.select_for_update().filter(user=user).order_by("pk"))
        for row in rows:
            note(
                LogAction.FACTOR_REMOVED,
                by=by,
                who=who,
                about=user,
                changes=[{"field": "type", "old": row.type, "new": None}],
                reason=reason,
                address=address,
            )
            row.delete()
    return len(rows)
