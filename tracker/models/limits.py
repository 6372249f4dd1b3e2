"""What is counted against guessing: sign-ins that failed, by account and by client."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInCount(models.Model):
    """The failures of one name, client or second factor in the present window, and how long it is locked.

    Written by one statement of the database (`tracker.signing.limits`), so that attempts at once are all counted.
    """

    kind = models.CharField(_("kind"), max_length=10)
    subject = models.CharField(_("subject"), max_length=150)
    failures = models.PositiveIntegerField(_("failures"))
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("locked until"), null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="sign_in_count_once")]
        indexes = [models.Index(fields=["since"], name="sign_in_count_age")]

    def __str__(self):
        return f"{self.kind} {self.subject}: {self.failures}"
