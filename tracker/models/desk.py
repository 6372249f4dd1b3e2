"""The desk: what editors work on. Nothing here is public until `publishing.publish` freezes it onto the record."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from tracker import edtf
from tracker.clock import ActKind
from tracker.clock.acts import OF_ONE_PARTY
from tracker.labels import (
    ACTS,
    COUNTRIES,
    KINDS,
    LINK_TYPES,
    SIGNIFICANCES,
    STAGES,
    STATUSES,
    TEXT_STATES,
    choices,
)
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.fields import EdtfField, is_longer_than_a_day, tomorrow, validate_day, validate_zone
from tracker.models.rules import Rule
from tracker.models.versioned import TRANSLATED, Ordered
from tracker.vocabulary import Country, Language, Significance, Stage, Status, TextState

LABEL_LENGTH = 32


class Event(models.Model):
    """The desk's copy of one event. Its id is the permanent id of the event on the record."""

    slug = models.SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        help_text=_("Stands in the address; fixed at first publication."),
    )
    former_slugs = ArrayField(models.SlugField(max_length=80), default=list, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=choices(KINDS))
    status = models.CharField(_("status"), max_length=10, choices=choices(STATUSES), default=Status.OCCURRED)
    significance = models.PositiveSmallIntegerField(
        _("significance"), choices=choices(SIGNIFICANCES), default=Significance.MINOR
    )
    date = EdtfField(
        _("date"),
        help_text=_(
            "EDTF: 2026-07-01, 2026-07, 2026-33 (third quarter), 2025-09-17/2025-11-03, [2026-07..2026-12], ~ ?"
        ),
    )
    clock_time = models.TimeField(_("local time"), null=True, blank=True)
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_zone],
        help_text=_("IANA: America/New_York"),
    )
    countries = ArrayField(
        models.CharField(max_length=2, choices=choices(COUNTRIES)), verbose_name=_("countries"), default=list
    )
    place = models.ForeignKey(Place, models.PROTECT, verbose_name=_("place"), null=True, blank=True)
    rule = models.ForeignKey(
        Rule,
        models.PROTECT,
        verbose_name=_("legal basis"),
        null=True,
        blank=True,
        related_name="events",
        help_text=_("The rule that calls for this event, or that sets this day: the treaty clock finds it by that."),
    )
    topics = models.ManyToManyField(Topic, through="EventTopic", verbose_name=_("topics"), related_name="events")
    actors = models.ManyToManyField(Actor, through="Participation", related_name="events")
    sources = models.ManyToManyField(Source, through="Citation", related_name="events")
    desk_note = models.TextField(_("note for editors"), blank=True, help_text=_("Never published."))
    stage = models.CharField(_("stage"), max_length=10, choices=choices(STAGES), default=Stage.DRAFT)
    # Counts saves: a save that carries an older number would overwrite somebody's work.
    version = models.PositiveIntegerField(default=1, editable=False)
    earliest = models.DateField(_("earliest day"), null=True, editable=False)
    latest = models.DateField(_("latest day"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-earliest", "id"]
        # The order of the desk's list; the days of what may be the same event; what was saved last.
        indexes = [
            models.Index(fields=["-earliest", "-id"], name="event_in_order"),
            models.Index(fields=["latest"], name="event_latest"),
            models.Index(fields=["stage", "-changed_at"], name="event_by_stage"),
        ]
        permissions = [
            ("publish_event", "May publish, schedule, correct and retract events"),
            ("import_event", "May import events"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(countries__contained_by=[c.value for c in Country]),
                name="event_countries_known",
            ),
            models.CheckConstraint(
                condition=models.Q(clock_time__isnull=True) | ~models.Q(zone=""), name="event_time_has_zone"
            ),
        ]

    def __str__(self):
        # The list of events annotates the English title, so that a row costs no query.
        return getattr(self, "title_en", None) or self.slug

    def save(self, **kwargs):
        span = edtf.parse(self.date)
        self.earliest, self.latest = span.earliest, span.latest
        if kwargs.get("update_fields") is not None and "date" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "earliest", "latest"}
        super().save(**kwargs)

    def clean(self):
        if self.clock_time and not self.zone:
            raise ValidationError({"zone": _("A local time needs its time zone.")})
        if self.clock_time and is_longer_than_a_day(self.date):
            raise ValidationError({"clock_time": _("A local time needs a date that is one day.")})


class EventText(models.Model):
    """The text of one event in one language; a language without a row is missing."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="texts")
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", "English"), ("es", "Español"), ("fr", "Français")]
    )
    state = models.CharField(_("state"), max_length=10, choices=choices(TEXT_STATES), default=TextState.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    label = models.CharField(
        _("short label"),
        max_length=LABEL_LENGTH,
        help_text=_("About 28 characters, for the drawing: “First joint review”."),
    )
    summary = models.TextField(_("summary"), max_length=900, help_text=_("One to three neutral sentences."))
    note = models.TextField(_("note on the date"), blank=True, help_text=_("What is uncertain, for readers."))
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The English words that a translation was reviewed against, by field: what differs since is what made it stale.
    reviewed_against = models.JSONField(null=True, blank=True, editable=False)
    stale_since = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = [
            "event_id",
            models.Case(*(models.When(language=c, then=i) for i, c in enumerate(Language))),
        ]
        permissions = [("review_eventtext", "May mark texts as reviewed")]
        constraints = [models.UniqueConstraint(fields=["event", "language"], name="one_text_per_language")]

    def __str__(self):
        return f"{self.language}: {self.title}"


class EventTopic(Ordered):
    event = models.ForeignKey(Event, models.CASCADE)
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name=_("topic"))

    class Meta(Ordered.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["event", "topic"], name="a_topic_once_an_event")]

    def __str__(self):
        return self.topic.name_en


class Participation(Ordered):
    """Who takes part, with the role and country they had at the time."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    actor = models.ForeignKey(Actor, models.PROTECT, verbose_name=_("person or body"))
    role_en: str
    role_es: str
    role_fr: str
    role = TranslatedField(models.CharField(_("role at the time"), max_length=160, blank=True), TRANSLATED)
    country = models.CharField(_("country"), max_length=2, choices=choices(COUNTRIES), blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("person or body")
        verbose_name_plural = _("people and bodies")
        constraints = [models.UniqueConstraint(fields=["event", "actor"], name="an_actor_once_an_event")]

    def __str__(self):
        return f"{self.actor.name_en}, {self.role_en}"


class Citation(Ordered):
    """One source of one event: what of it was used and when it was read."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"))
    quote = models.TextField(_("quote"), blank=True)
    locator = models.CharField(_("where in it"), max_length=120, blank=True, help_text=_("Page, section, minute."))
    accessed_on = models.DateField(_("read on"), null=True, blank=True)

    class Meta(Ordered.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [models.UniqueConstraint(fields=["event", "source"], name="a_source_once_an_event")]

    def __str__(self):
        return str(self.source)

    def clean(self):
        validate_day("accessed_on", self.accessed_on, tomorrow())


class AnnouncedDate(models.Model):
    """A day that was announced for the event, and when: the path of a date that moved."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="announced")
    date = EdtfField(_("date announced"), help_text=_("EDTF, as announced at the time."))
    announced_on = models.DateField(_("announced on"))
    source = models.ForeignKey(Source, models.PROTECT, verbose_name=_("source"), null=True, blank=True)
    note_en: str
    note_es: str
    note_fr: str
    note = TranslatedField(models.CharField(_("note"), max_length=300, blank=True), TRANSLATED)

    class Meta:
        verbose_name = _("announced date")
        verbose_name_plural = _("announced dates")
        ordering = ["announced_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "date", "announced_on"], name="an_announcement_once_an_event")
        ]

    def __str__(self):
        return f"{self.date} ({self.announced_on:%Y-%m-%d})"

    def clean(self):
        validate_day("announced_on", self.announced_on, tomorrow())


class Act(models.Model):
    """A step with legal effect under Articles 34.6 and 34.7: what the treaty clock reads."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="acts")
    what = models.CharField(_("act"), max_length=30, choices=choices(ACTS))
    party = models.CharField(_("party"), max_length=2, choices=choices(COUNTRIES), blank=True)
    day = models.DateField(_("day"), help_text=_("A legal act needs a day."))
    sets = models.DateField(_("sets the next review for"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")
        ordering = ["day", "id"]

    def __str__(self):
        return f"{self.what} {self.party} {self.day:%Y-%m-%d}"

    def clean(self):
        validate_day("day", self.day)
        if self.what in OF_ONE_PARTY and not self.party:
            raise ValidationError({"party": _("This act is one party’s: say which.")})
        if self.what and self.what not in OF_ONE_PARTY and self.party:
            raise ValidationError({"party": _("This act is of all parties together: leave the party empty.")})
        if (self.what == ActKind.REVIEW_SET) != (self.sets is not None):
            raise ValidationError(
                {"sets": _("The day of the next review goes with the act that sets it, and only there.")}
            )
        if self.sets and self.day and self.sets <= self.day:
            raise ValidationError({"sets": _("The review is set for a day later than the act.")})
        if self.sets and self.day and self.sets.year > self.day.year + 20:
            raise ValidationError({"sets": _("A review is set for twenty years after the act at the latest.")})


class Link(models.Model):
    """A typed relation from one event to another: this event follows, implements, … that one."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="links")
    type = models.CharField(_("relation"), max_length=16, choices=choices(LINK_TYPES))
    to = models.ForeignKey(Event, models.PROTECT, related_name="linked_from", verbose_name=_("to the event"))

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "type", "to"], name="a_link_once"),
            models.CheckConstraint(condition=~models.Q(event=models.F("to")), name="no_link_to_itself"),
        ]

    def __str__(self):
        return f"{self.type} {self.to_id}"

    def clean(self):
        if self.event_id is not None and self.event_id == self.to_id:
            raise ValidationError({"to": _("An event has no link to itself.")})
