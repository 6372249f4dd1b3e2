"""No migration fails readers, editors or the web processes of the release before; and the linter that says so sees what
would."""

import sys
from functools import cache

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.upgrades.packaged import packaged
from tests.upgrades.unsafe import findings

pytestmark = pytest.mark.django_db
# Made before the first release: no process ever stood beside them, and they are applied to an empty database.
BEFORE_THE_FIRST_RELEASE = ("0001_initial", "0002_record_rules", "0003_log_and_roles", "0004_desk_lists")
TABLE = "tracker_event"


def found_in(*operations, atomic: bool = True, **more) -> set[str]:
    """The rules that a migration of these operations would break, after those of the release."""
    made = type("Migration", (Migration,), {"operations": list(operations), "atomic": atomic, **more})
    return set(findings(made("0999_made_up", "tracker"), of_the_release()))


@cache
def of_the_release() -> ProjectState:
    return MigrationLoader(None).project_state()


def sql(statement: str) -> RunSQL:
    return RunSQL(statement, RunSQL.noop)


def write_all(apps, schema_editor):
    """What a migration of data would do."""
    event = apps.get_model("tracker", "Event")
    event.objects.update(zone="")


def test_no_migration_of_the_project_is_unsafe():
    loader = MigrationLoader(None)
    found = {
        name: findings(migration, loader.project_state((app, name), at_end=False))
        for (app, name), migration in loader.disk_migrations.items()
        if app == "tracker" and name not in BEFORE_THE_FIRST_RELEASE
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_what_is_exempt_is_there():
    names = {name for app, name in MigrationLoader(None).disk_migrations if app == "tracker"}
    assert set(BEFORE_THE_FIRST_RELEASE) <= names


def test_the_linter_reads_the_migrations_that_are_exempt():
    """They do, on a table that nobody reads yet, what later ones may not."""
    loader = MigrationLoader(None)
    name = ("tracker", "0004_desk_lists")
    assert set(findings(loader.disk_migrations[name], loader.project_state(name, at_end=False))) == {"CREATE_INDEX"}


@pytest.mark.django_db(transaction=True)  # Django refuses to write the SQL of some within one.
def test_the_migrations_that_show_how_it_is_done_are_safe(tmp_path, settings, monkeypatch):
    packaged(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    settings.MIGRATION_MODULES = {"tracker": "next_release_migrations"}
    loader = MigrationLoader(None)
    found = {
        name: findings(migration, loader.project_state((app, name), at_end=False))
        for (app, name), migration in loader.disk_migrations.items()
        if app == "tracker" and name.startswith("09")
    }
    assert list(found.values()) == [{}] * 7


@pytest.mark.parametrize(
    ("operation", "rules"),
    [
        (migrations.AddField("event", "new", models.IntegerField(default=0)), {"NOT_NULL"}),
        (migrations.AlterField("event", "clock_time", models.TimeField()), {"NOT_NULL"}),
        (migrations.RemoveField("event", "desk_note"), {"DROP_COLUMN"}),
        (migrations.DeleteModel("Origin"), {"DROP_TABLE"}),
        (migrations.RenameField("event", "desk_note", "note"), {"RENAME_COLUMN"}),
        (migrations.RenameModel("Origin", "Came"), {"RENAME_TABLE"}),
        (migrations.AlterField("event", "zone", models.TextField()), {"ALTER_COLUMN"}),
        (migrations.AddIndex("event", models.Index(fields=["zone"], name="x")), {"CREATE_INDEX"}),
        (migrations.RemoveIndex("event", "event_latest"), {"DROP_INDEX"}),
        (
            migrations.AddConstraint("event", models.CheckConstraint(condition=models.Q(version__gt=0), name="x")),
            {"CONSTRAINT_CHECKED"},
        ),
        (
            migrations.AddConstraint("event", models.UniqueConstraint(fields=["zone"], name="x")),
            {"ADD_UNIQUE", "CONSTRAINT_CHECKED"},
        ),
        (
            migrations.AddField("event", "new", models.DateTimeField(db_default=models.functions.Now())),
            set(),  # One moment for all rows: kept beside the table.
        ),
        (
            migrations.AddField("event", "new", models.FloatField(db_default=models.functions.Random())),
            {"COLUMN_REWRITES"},
        ),
        (sql(f"create index concurrently x on {TABLE} (zone)"), {"CONCURRENTLY_IN_TRANSACTION"}),
        (sql(f"create index x on {TABLE} (zone)"), {"CREATE_INDEX"}),
        (sql(f"create unique index x on {TABLE} (zone)"), {"CREATE_INDEX"}),
        (sql(f"-- quick\nlock table {TABLE}"), {"LOCK_TABLE"}),
        (sql(f"truncate {TABLE} cascade"), {"TRUNCATE"}),
        (sql(f"update {TABLE} set zone = ''"), {"WHOLE_TABLE_WRITTEN"}),
        (sql(f"delete from {TABLE} where zone = ''"), {"WHOLE_TABLE_WRITTEN"}),
        (sql(f"alter table {TABLE} add constraint x check (version > 0)"), {"CONSTRAINT_CHECKED"}),
        (sql(f"alter table {TABLE} add constraint x check (version > 0) not valid"), set()),
        (sql(f"alter table {TABLE} validate constraint event_time_has_zone"), set()),
        (sql("alter table tracker_revision disable trigger immutable"), {"TRIGGER_DISABLED"}),
        (sql(f"cluster {TABLE} using event_latest"), {"TABLE_REWRITTEN"}),
        (sql("create table x (id int); create index y on x (id); insert into x values (1)"), set()),
        (RunSQL("select 1"), {"RUNSQL_REVERSIBLE"}),
        (RunPython(write_all), {"RUNPYTHON_REVERSIBLE"}),
        (RunPython(write_all, RunPython.noop), set()),
    ],
)
def test_the_linter_finds(operation, rules):
    assert found_in(operation) == rules


@pytest.mark.django_db(transaction=True)
def test_an_index_made_concurrently_is_safe_outside_a_transaction_and_alone():
    index = AddIndexConcurrently("event", models.Index(fields=["zone"], name="x"))
    assert found_in(index, atomic=False) == set()
    assert found_in(index, sql("select 1"), atomic=False) == {"HALF_DONE"}


def test_rows_are_not_written_while_the_tables_are_locked():
    column = migrations.AddField("event", "new", models.IntegerField(null=True))
    assert found_in(column, RunPython(write_all, RunPython.noop)) == {"DATA_UNDER_LOCK"}


def test_two_tables_are_never_held_at_once():
    one, two = (migrations.AddField(name, "new", models.IntegerField(null=True)) for name in ("event", "revision"))
    assert (found_in(one), found_in(one, two)) == (set(), {"TWO_TABLES"})


def test_a_case_is_accepted_with_a_reason_and_only_while_there_is_one():
    drop = migrations.RemoveField("event", "desk_note")
    assert found_in(drop, accepted={"DROP_COLUMN": "Nothing reads it since release 1.2."}) == set()
    assert found_in(drop, accepted={"DROP_COLUMN": "because"}) == {"ACCEPTED_DROP_COLUMN"}
    accepted = {"DROP_COLUMN": "Nothing reads it since release 1.2.", "DROP_TABLE": "Nothing reads it either."}
    assert found_in(drop, accepted=accepted) == {"ACCEPTED_DROP_TABLE"}
