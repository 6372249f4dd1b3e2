"""The log of the desk: who did what, when, with old and new values. Rows are added, never changed or removed."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tracker.labels import LOG_ACTIONS, choices


class LogRow(models.Model):
    """One act of one person. `who` is the name as it was then, also when nobody of that name exists.

    `type` and `object` name what it was about (the model's name in lower case and its id; both empty for a sign-in),
    `title` what that was called. `changes` is a list of {"field", "old", "new"}, values as plain words or JSON.
    A trigger refuses to change or remove a row (migration 0003).
    """

    at = models.DateTimeField(_("when"), db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("account"), null=True, blank=True, related_name="+"
    )
    who = models.CharField(_("who"), max_length=200)
    action = models.CharField(_("what"), max_length=20, choices=choices(LOG_ACTIONS))
    type = models.CharField(_("type"), max_length=40, blank=True)
    object = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("about"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    address = models.GenericIPAddressField(_("from the address"), null=True, blank=True)

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ["-at", "-id"]
        # Read by everybody at the desk, written by the code alone.
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["type", "object", "-id"], name="log_of_an_object"),
            models.Index(fields=["-at", "-id"], name="log_by_time"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.who}: {self.action} {self.title}".strip()
