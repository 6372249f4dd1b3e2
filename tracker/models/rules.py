"""The rules of the agreement and of domestic law, each with its citation and whether an editor has checked it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from tracker.labels import COUNTRIES, choices
from tracker.models.versioned import TRANSLATED, Versioned
from tracker.provision import Provision, in_language


class RuleQuerySet(models.QuerySet["Rule"]):
    def provisions(self, language: str) -> dict[str, Provision]:
        """What the public is told of every rule, by its slug, in order."""
        return {rule.slug: rule.provision(language) for rule in self.defer("changed_by")}


class Rule(Versioned):
    """A rule that the treaty clock applies. The slug is the id that clock.py names."""

    slug = models.SlugField(_("id"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    citation_en: str
    citation_es: str
    citation_fr: str
    citation = TranslatedField(models.CharField(_("citation"), max_length=120), TRANSLATED)
    summary = TranslatedField(models.TextField(_("in short")), TRANSLATED)
    uncertain = TranslatedField(
        models.TextField(_("what the text leaves open"), blank=True),
        {"es": {"blank": True}, "fr": {"blank": True}},
    )
    party = models.CharField(_("party"), max_length=2, choices=choices(COUNTRIES), blank=True)
    address = models.URLField(_("address of the official text"), max_length=600, blank=True)
    read_at = models.URLField(_("where it was read"), max_length=600, blank=True)
    read = models.CharField(_("how it was read"), max_length=40)
    arithmetic = models.JSONField(_("arithmetic"), null=True, blank=True)
    checked = models.BooleanField(_("checked against the official text"), default=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("checked by"),
        null=True,
        blank=True,
        editable=False,
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["position"]

    def __str__(self):
        return self.citation_en

    def provision(self, language: str) -> Provision:
        """What the public is told of the rule, in a language; English stands in for what is missing."""
        citation, _shown = in_language(self._words("citation"), language)
        summary, shown = in_language(self._words("summary"), language)
        uncertain, _shown = in_language(self._words("uncertain"), language)
        return Provision(
            slug=self.slug,
            citation=citation,
            summary=summary,
            uncertain=uncertain,
            language=shown,
            party=self.party,
            address=self.address,
            read_at=self.read_at,
            read=self.read,
            checked=self.checked,
            checked_on=self.checked_on,
        )

    def citations(self) -> dict[str, str]:
        """The citation by language; languages without one are left out."""
        return {code: words for code, words in self._words("citation").items() if words}

    def _words(self, field: str) -> dict[str, str]:
        return {code: getattr(self, f"{field}_{code}") for code in ("en", "es", "fr")}
