"""The record: frozen statements with two ranges of time, and the questions that the public may ask of it.

The rules are in docs/record.md. Rows are written by `publishing` alone; a trigger refuses any change
but the closing of an open `recorded`. Nothing here relates to the desk: `event` is a plain number.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models, transaction
from django.db.models import F, Func, Q, Subquery, Value
from django.db.models.functions import Greatest

from tracker import course as courses
from tracker.database import replicas
from tracker.entry import Entry, from_content
from tracker.models.chained import Chained
from tracker.models.changed import Changed
from tracker.models.compared import Compared
from tracker.models.corrected import Corrected
from tracker.models.drawn import Drawn
from tracker.models.dumped import Dumped, DumpedAddresses, DumpedTerms
from tracker.models.gathering import Gathering
from tracker.models.mapped import Mapped
from tracker.models.matching import Matching
from tracker.models.situated import Situated
from tracker.models.slipped import Slipped
from tracker.models.told import Told
from tracker.models.treaty import Treaty
from tracker.models.version import Version
from tracker.moment import Moment

# The record-wide advisory lock of rule 3. Any number will do, as long as nothing else in this database takes it.
RECORD_LOCK = 34_7_2036
# So many names are taken from the newest rows before others are looked for.
NEWEST_NAMES = 4_000


class RevisionQuerySet(  # type: ignore[override]  # to the checker each mix-in is a queryset with a manager of its own
    Matching,
    Drawn,
    Gathering,
    Situated,
    Treaty,
    Slipped,
    Changed,
    Compared,
    Chained,
    Corrected,
    Told,
    Dumped,
    Mapped,
    models.QuerySet,
):
    def at(self, moment: Moment) -> "RevisionQuerySet":
        """What a reader sees from that moment (rule 9): no tombstones, one row an event."""
        return self.on_record(moment).filter(retracted=False, known__contains=moment.known).lean()

    def on_record(self, moment: Moment) -> "RevisionQuerySet":
        """The rows that the record holds at the moment, whatever they say of when they were known."""
        if moment.pinned:
            return self.filter(recorded__contains=moment.recorded)
        return self.open()

    def lean(self) -> "RevisionQuerySet":
        """Without the search vectors, which no reader is shown."""
        return self.defer("search_en", "search_es", "search_fr")

    def shown(self, now: datetime) -> "RevisionQuerySet":
        """Rows that some reader could have seen by now (rule 11): where history starts."""
        return self.filter(appears__lte=now).filter(
            Q(recorded__endswith__isnull=True) | Q(recorded__endswith__gt=F("appears"))
        )

    def open(self) -> "RevisionQuerySet":
        # As the partial indexes say it: "upper(recorded) is null" means the same and uses none of them.
        return self.filter(recorded__upper_inf=True)

    def course(self, event: int) -> dict[courses.Stretch, "Revision"]:
        """The open rows of an event as a course, each stretch with its row."""
        rows = self.open().filter(event=event)
        return {courses.Stretch(row.known.lower, row.known.upper, row.number): row for row in rows}

    def version(self, now: datetime) -> Version:
        """Rule 12: the newest stamp, and the newest moment by now at which something appeared that was not taken back
        before. One query of two index look-ups, to be read before the rows and with the same now."""
        newest = self.model.objects.order_by(F("recorded__startswith").desc()).values("recorded__startswith")
        visible = self.model.objects.shown(now).order_by("-appears", "-id").values("appears")
        parts = self.model.objects.order_by("id").values_list(Subquery(newest[:1]), Subquery(visible[:1]))[:1]
        return Version(*parts[0]) if parts else Version(None, None)

    def settled(self, now: datetime) -> Version:
        """The version read after waiting, for two seconds at most, for the deeds at work. Raises OperationalError when
        one takes longer. Only the primary knows them: the request reads that one from here on, for what is told beside
        this version must not be older."""
        with replicas.moved_to_primary(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '2s'")
            cursor.execute("select pg_advisory_xact_lock_shared(%s)", [RECORD_LOCK])
            return self.version(now)

    def of(self, events: Collection[int]) -> "RevisionQuerySet":
        """The rows of some events, by their permanent ids."""
        return self.filter(event__in=events)

    def named(self, slug: str) -> "RevisionQuerySet":
        """The rows of the event with that address, an old one of it included."""
        return self.filter(event__in=Address.objects.filter(slug=slug).values("event"))

    def history(self, event: int, moment: Moment) -> "RevisionQuerySet":
        """The rows of an event that a reader of the moment may know of, in order of appearance: shown by the record of
        then, and saying nothing that was known only later."""
        rows = self.shown(moment.recorded).filter(event=event, known__startswith__lte=moment.known)
        return rows.lean().order_by("appears", "id")


class Revision(models.Model):
    """One statement (event, number) with the ranges in which it held for the public and stood on the record."""

    # The permanent id of the event. No relation: a public view must not reach the draft through it.
    event = models.BigIntegerField()
    number = models.PositiveIntegerField()
    known = DateTimeRangeField()
    recorded = DateTimeRangeField()
    appears = models.GeneratedField(
        expression=Greatest(F("known__startswith"), F("recorded__startswith")),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    retracted = models.BooleanField(default=False)
    stated = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    reason = models.TextField(blank=True)
    classes = ArrayField(models.CharField(max_length=20), default=list)
    sequence = models.PositiveIntegerField(default=0)

    # Columns of the statement that questions filter and sort by; a tombstone leaves them empty.
    status = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    significance = models.PositiveSmallIntegerField(default=0)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    topics = ArrayField(models.CharField(max_length=80), default=list)
    actors = ArrayField(models.CharField(max_length=80), default=list)
    span = DateRangeField(null=True)
    # The day it sorts by: the first possible day, else (open beginning) the last.
    day = models.DateField(null=True)
    lasts = models.BooleanField(default=False)
    has_acts = models.BooleanField(default=False)
    # The slug of the rule that calls for the event, or that sets its day; empty without one.
    rule = models.CharField(max_length=60, blank=True)
    # The permanent ids that its links point to, for reading them from the other end.
    linked = ArrayField(models.BigIntegerField(), default=list)
    search_en = SearchVectorField(null=True)
    search_es = SearchVectorField(null=True)
    search_fr = SearchVectorField(null=True)
    slug = models.CharField(max_length=80, blank=True)
    content: "models.JSONField[Any, Any]" = models.JSONField(null=True)

    # What some questions tell of a row beside its columns.
    began: datetime
    stands: bool

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            # int8range in place of btree_gist, which the embedded server does not have.
            ExclusionConstraint(
                name="no_two_statements_of_an_event_at_once",
                expressions=[
                    (Func(F("event"), F("event"), Value("[]"), function="int8range"), "&&"),
                    ("known", "&&"),
                    ("recorded", "&&"),
                ],
            ),
            models.CheckConstraint(
                condition=Q(
                    known__isempty=False,
                    known__lower_inf=False,
                    known__lower_inc=True,
                    known__upper_inc=False,
                ),
                name="known_from_a_moment_on",
            ),
            models.CheckConstraint(
                condition=Q(
                    recorded__isempty=False,
                    recorded__lower_inf=False,
                    recorded__lower_inc=True,
                    recorded__upper_inc=False,
                ),
                name="recorded_from_a_moment_on",
            ),
            models.CheckConstraint(
                condition=Q(retracted=True, content__isnull=True)
                | Q(retracted=False, content__isnull=False, span__isnull=False, day__isnull=False),
                name="a_tombstone_has_no_content",
            ),
        ]
        # The other indexes are partial or by expression: see the migration.
        indexes = [
            models.Index(fields=["event", "number"], name="revision_event"),
            models.Index(fields=["appears", "id"], name="revision_appears"),
        ]

    def __str__(self):
        return f"{self.slug or self.event} #{self.number}"

    def entry(self, language: str) -> Entry:
        """The statement in a language. A tombstone has none: ValueError."""
        if self.content is None:
            raise ValueError(f"{self} is a retraction and says nothing")
        return from_content(
            self.content,
            language,
            event=self.event,
            number=self.number,
            known_from=self.known.lower,
            recorded_from=self.recorded.lower,
            stated=self.stated,
            reason=self.reason,
            classes=tuple(self.classes),
            sequence=self.sequence,
        )


class AddressQuerySet(DumpedAddresses, models.QuerySet):
    def current(self, event: int) -> str:
        """The slug at which an event's page stands now; empty for an event that never had one."""
        return self.filter(event=event, current=True).values_list("slug", flat=True).first() or ""


class Address(models.Model):
    """A slug that was ever published, and its event. Never deleted or given to another event."""

    slug = models.CharField(max_length=80, unique=True)
    event = models.BigIntegerField(db_index=True)
    current = models.BooleanField(default=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(current=True), name="one_current_slug_an_event")
        ]

    def __str__(self):
        return self.slug


class TermQuerySet(DumpedTerms, models.QuerySet):
    def visible(self, now: datetime) -> "TermQuerySet":
        """The topics and actors that a statement visible by now used, each by its newest names. What a scheduled
        statement brings is still a secret."""
        newest = self.filter(appears__lte=now).order_by("type", "slug", "-appears", "-id").distinct("type", "slug")
        return self.filter(pk__in=newest.values("pk")).order_by("type", "position", "slug")

    def in_use(self, rows: RevisionQuerySet, near: date | None = None) -> "TermQuerySet":
        """Of these, what the rows name. What the newest rows name, or the last before the day `near`, is seen at once;
        only for what they do not the others are looked through, by an index."""
        found = Q()
        sample = rows.filter(day__lte=near) if near else rows
        for type_, column in ((Term.TOPIC, "topics"), (Term.ACTOR, "actors")):
            newest = _elements(sample.order_by("-day", "-event"), column)[:NEWEST_NAMES]
            unseen = Term.objects.order_by().filter(type=type_).exclude(slug__in=newest).values("slug")
            others = rows.order_by().filter(**{f"{column}__overlap": ArraySubquery(unseen)})
            found |= Q(type=type_) & (Q(slug__in=newest) | Q(slug__in=_elements(others, column)))
        return self.filter(found)


def _elements(rows: RevisionQuerySet, column: str):
    return rows.annotate(element=Func(F(column), function="unnest")).values("element")


class Term(models.Model):
    """The names of a topic or actor from a moment on: the public's vocabulary. `event` and `number` tell the statement
    that brought them."""

    TOPIC, ACTOR = "topic", "actor"
    type = models.CharField(max_length=5)
    slug = models.CharField(max_length=80)
    names = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)
    appears = models.DateTimeField()
    event = models.BigIntegerField()
    number = models.PositiveIntegerField()

    objects = TermQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["type", "slug", "appears"], name="term_newest"),
            models.Index(fields=["event", "number"], name="term_statement"),
        ]

    def __str__(self):
        return self.slug
