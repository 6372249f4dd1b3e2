"""The people who work at the desk."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.vocabulary import Language


class User(AbstractUser):
    """A member of staff. The desk speaks their own language; readers have no accounts."""

    language = models.CharField(
        _("language of the desk"),
        max_length=2,
        default=Language.ENGLISH,
        choices=[("en", "English"), ("es", "Español"), ("fr", "Français")],
    )
    one_time_password = models.BooleanField(
        _("must change the password"),
        default=False,
        help_text=_("Set for a password that somebody else made; it goes when the person sets their own."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name: ClassVar[Any] = _("member of staff")
        verbose_name_plural: ClassVar[Any] = _("staff")

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.one_time_password = False
