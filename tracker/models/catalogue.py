"""What events refer to and share: topics, people and bodies, places, sources. Part of the desk, never public."""

from collections.abc import Callable

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models.functions import Reverse
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from tracker.labels import ACTOR_KINDS, CHECK_RESULTS, COUNTRIES, TIERS, choices
from tracker.models.fields import EdtfField
from tracker.models.versioned import TRANSLATED, Versioned
from tracker.same_address import key_digest, site
from tracker.vocabulary import ActorKind


class Named(Versioned):
    """A row with a slug for addresses and a name in three languages; English is the one that must be there."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_en: str
    name_es: str
    name_fr: str
    name = TranslatedField(models.CharField(_("name"), max_length=200), TRANSLATED)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name_en

    def names(self) -> dict[str, str]:
        """The name by language; languages without one are left out."""
        return {code: text for code in ("en", "es", "fr") if (text := getattr(self, f"name_{code}"))}


class Topic(Named):
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "slug"]


class Place(Named):
    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["slug"]


class Actor(Named):
    """One row a person or body. Role and country at the time stand on the event (Participation)."""

    kind = models.CharField(_("kind"), max_length=10, choices=choices(ACTOR_KINDS), default=ActorKind.PERSON)
    country = models.CharField(_("country"), max_length=2, choices=choices(COUNTRIES), blank=True)
    variants = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("other names"),
        default=list,
        blank=True,
        help_text=_("Abbreviations and spellings that readers search for, by commas."),
    )

    class Meta:
        verbose_name = _("person or body")
        verbose_name_plural = _("people and bodies")
        ordering = ["slug"]


class OfAddress(models.CharField):
    """A part of the row's `url`, written with it, for finding it by an index: `part` makes it."""

    part: Callable[[str], str] = staticmethod(str)

    def __init__(self, **options):
        super().__init__(**options | {"editable": False, "default": ""})

    def pre_save(self, instance, add):
        value = self.part(instance.url)[: self.max_length]
        setattr(instance, self.attname, value)
        return value


class KeyDigest(OfAddress):
    part = staticmethod(key_digest)


class Site(OfAddress):
    part = staticmethod(site)


class Source(Versioned):
    """A document that events cite, one row an address."""

    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=300, blank=True, help_text=_("Only as seen on the page."))
    url = models.URLField(_("address"), max_length=600, unique=True)
    published = EdtfField(_("published"), blank=True, help_text=_("Empty when no date was seen."))
    language = models.CharField(_("language"), max_length=5, default="en")
    tier = models.CharField(_("tier"), max_length=12, choices=choices(TIERS))
    archived_url = models.URLField(_("archived copy"), max_length=600, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True, editable=False)
    check_result = models.CharField(
        _("result of the check"), max_length=12, choices=choices(CHECK_RESULTS), blank=True, editable=False
    )
    check_detail = models.CharField(_("what the check found"), max_length=300, blank=True, editable=False)
    # How many checks in a row did not find it: one failure may be the other side's bad day.
    check_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    # The same for all spellings of the address, and whose it is: reading every address for that would take seconds.
    key_digest = KeyDigest(max_length=32)
    site = Site(max_length=255)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "title"]
        indexes = [
            models.Index(fields=["key_digest"], name="source_key"),
            models.Index(fields=["site"], name="source_site"),
            models.Index(OpClass(Reverse("site"), name="text_pattern_ops"), name="source_domain"),
            models.Index(fields=["publisher", "title", "id"], name="source_in_order"),
        ]

    def __str__(self):
        return f"{self.publisher}: {self.title or self.url}"
