"""What rows of the desk have in common: a count of saves, a place in a list, and fields in three languages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# The options of a translated field: English must be there, the others may be empty.
TRANSLATED = {"es": {"blank": True}, "fr": {"blank": True}}


class Versioned(models.Model):
    """A row that counts its saves: a save that carries an older number would overwrite somebody's work."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class Ordered(models.Model):
    """A row of an event that has its place in a list."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
