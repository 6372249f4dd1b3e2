"""What the desk says of sharing: embeds that have a name, and the webhooks that are told of changes.

Public faces may read it: nothing here relates to an event of the desk.
"""

import base64
import secrets
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.labels import DELIVERIES, choices
from tracker.models.versioned import Versioned
from tracker.vocabulary import DeliveryState


def new_secret() -> str:
    """A secret to sign with, as Standard Webhooks writes it: 32 random bytes in Base64 behind "whsec_"."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class NamedEmbedQuerySet(models.QuerySet["NamedEmbed"]):
    def in_use(self, name: str) -> "NamedEmbed | None":
        """The embed of that name, if it is in use."""
        return self.filter(name=name, active=True).first()


class NamedEmbed(Versioned):
    """An embed under a name of its own: its query is edited here, without a change to the pages that show it, and
    only sites of `hosts` may, if any are named."""

    name = models.SlugField(_("name"), max_length=60, unique=True)
    query = models.TextField(_("query"), blank=True)
    hosts = ArrayField(models.CharField(max_length=253), verbose_name=_("sites"), default=list, blank=True)
    note = models.TextField(_("note for the desk"), blank=True)
    active = models.BooleanField(_("in use"), default=True)

    objects = NamedEmbedQuerySet.as_manager()

    class Meta:
        verbose_name = _("named embed")
        verbose_name_plural = _("named embeds")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def stamp(self) -> str:
        """What changes whenever it does."""
        return f"{self.version}-{self.changed_at.timestamp():.6f}"


class WebhookQuerySet(models.QuerySet):
    def in_use(self) -> "WebhookQuerySet":
        return self.filter(active=True)


class Webhook(Versioned):
    """An address of another site that is told of each change, from its own beginning on.

    `after_appears` and `after_row` are the cursor of the last change that was looked at for it: rule 13's pair.
    """

    address = models.URLField(_("address"), max_length=600)
    secret = models.CharField(_("secret"), max_length=64, default=new_secret)
    query = models.TextField(_("query"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    note = models.TextField(_("note for the desk"), blank=True)
    active = models.BooleanField(_("in use"), default=True)
    after_appears = models.DateTimeField(_("told up to"), default=timezone.now, editable=False)
    after_row = models.BigIntegerField(default=0, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["address", "pk"]

    def __str__(self):
        return self.address


class DeliveryQuerySet(models.QuerySet):
    def due(self, at: datetime) -> "DeliveryQuerySet":
        """What waits and whose time has come, in the order of the changes."""
        return self.filter(state=DeliveryState.WAITING, next_at__lte=at, webhook__active=True).order_by("next_at", "pk")

    def untaken(self) -> "DeliveryQuerySet":
        """What no receiver has taken."""
        return self.exclude(state=DeliveryState.TAKEN)

    def by_state(self) -> dict[DeliveryState, int]:
        """How many there are of each state that any of them has."""
        found = self.order_by().values_list("state").annotate(number=models.Count("pk"))
        return {DeliveryState(state): number for state, number in found}

    def try_again(self, at: datetime) -> int:
        """Make what was not taken due `at` that instant, whatever came of it; how many that are. One that a sender
        holds is waited for, and left as it is if it is taken meanwhile."""
        return self.untaken().update(state=DeliveryState.WAITING, next_at=at)

    def unlocked(self) -> "DeliveryQuerySet":
        """Locked for this transaction, without those that another sender holds."""
        return self.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")


class Delivery(models.Model):
    """One change for one webhook, and what came of sending it. `row` is the id of the revision row that is the change,
    no relation: rows of the record relate to nothing."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    row = models.BigIntegerField()
    event = models.BigIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=choices(DELIVERIES), default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    answered = models.PositiveSmallIntegerField(_("status of the answer"), null=True)
    detail = models.CharField(_("detail"), max_length=40, blank=True)
    queued_at = models.DateTimeField(_("queued"))
    next_at = models.DateTimeField(_("next attempt"), null=True)
    last_at = models.DateTimeField(_("last attempt"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-queued_at", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["webhook", "row"], name="each_change_is_told_once")]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state=DeliveryState.WAITING.value), name="delivery_due"),
        ]

    def __str__(self):
        return f"{self.webhook}: {self.row}"
