"""What an import leaves behind: the file's rows while they wait for a decision, and where an event came from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.models.desk import Event


class Format(models.TextChoices):
    """Whose rows they are, and in which kind of file."""

    CSV = "csv", _("our table (CSV)")
    XLSX = "xlsx", _("our table (XLSX)")
    JSON = "json", _("our JSON")
    TIMELINEJS_CSV = "timelinejs-csv", _("TimelineJS sheet (CSV)")
    TIMELINEJS_XLSX = "timelinejs-xlsx", _("TimelineJS sheet (XLSX)")
    TIMELINEJS_JSON = "timelinejs-json", _("TimelineJS JSON")
    ICS = "ics", _("calendar (ICS)")


class ImportState(models.TextChoices):
    STAGED = "staged", pgettext_lazy("state of an import", "Being read")
    PLANNED = "planned", pgettext_lazy("state of an import", "Waits for a decision")
    DONE = "done", pgettext_lazy("state of an import", "Imported")


class Verdict(models.TextChoices):
    """What importing a row would do; empty while it is not planned."""

    NEW = "new", pgettext_lazy("row of an import", "New")
    CHANGED = "changed", pgettext_lazy("row of an import", "Changed")
    SAME = "same", pgettext_lazy("row of an import", "Same")
    FAULTY = "faulty", pgettext_lazy("row of an import", "Faulty")


class ImportBatch(models.Model):
    """One file that somebody sent. `defaults` is what foreign rows get that do not say it (kind, countries, topic,
    language); `notes` tells what of the file is no event; `imported` counts the rows by verdict once it is done."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("sent by"), related_name="+")
    at = models.DateTimeField(_("sent"), auto_now_add=True)
    name = models.CharField(_("file"), max_length=200)
    format = models.CharField(_("format"), max_length=20, choices=Format.choices)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField("SHA-256", max_length=64)
    rows_total = models.PositiveIntegerField(_("rows"))
    state = models.CharField(_("state"), max_length=8, choices=ImportState.choices, default=ImportState.STAGED)
    columns = models.JSONField(default=list)
    defaults = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    imported = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return self.name

    @property
    def is_foreign(self) -> bool:
        """Whether the rows are another program's and say only a part of an event."""
        return self.format not in (Format.CSV, Format.XLSX, Format.JSON)


class ImportRow(models.Model):
    """One row of the file, and what the plan makes of it.

    `line` is the line of a text, the row of a sheet, or the number of the entry. `cells` is what stood there.
    `writes` is what importing it would write, in the desk's terms (`importing.columns`), `differences` what that
    changes ({"field", "old", "new"}), `faults` and `warnings` what is wrong ({"column", "value", "words"}). `event`
    and `version` are the desk's event that it matched and how often that was saved by then. A foreign row has
    `origin`, its name in its own program, and `said`, what the file says of it. `left_out` is the editor's choice.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    title = models.CharField(max_length=200, blank=True)
    slug = models.CharField(max_length=80, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    event = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(null=True)
    said = models.JSONField(default=dict)
    writes = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="a_row_once_a_batch")]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="import_by_verdict")]

    def __str__(self):
        return f"{self.line}: {self.title or self.slug}"


class Origin(models.Model):
    """Where an imported event came from: its name in the other program, and what the file said of it last. The next
    file is compared with that, so that it undoes nothing that editors did since."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="origins")
    key = models.CharField(max_length=200, unique=True)
    said = models.JSONField(default=dict)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.key
