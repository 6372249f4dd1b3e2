"""What governments said of an event, as the desk has it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from tracker.labels import COUNTRIES, choices
from tracker.models.catalogue import Actor, Source
from tracker.models.desk import Event
from tracker.models.fields import tomorrow, validate_day
from tracker.models.versioned import TRANSLATED, Ordered


class Remark(Ordered):
    """What one government said of the event, in our own words, with its source: one of the event's."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="remarks")
    country = models.CharField(_("country"), max_length=2, choices=choices(COUNTRIES))
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name=_("who spoke"), null=True, blank=True)
    words_en: str
    words_es: str
    words_fr: str
    words = TranslatedField(models.TextField(_("what was said, in our words"), max_length=600), TRANSLATED)
    quote = models.TextField(
        _("quote"), max_length=600, blank=True, help_text=_("Word for word, in the language of the source.")
    )
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))
    said_on = models.DateField(_("said on"), null=True, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("government’s statement")
        verbose_name_plural = _("what the governments said")

    def __str__(self):
        return f"{self.country}: {self.words_en[:60]}"

    def clean(self):
        validate_day("said_on", self.said_on, tomorrow())
