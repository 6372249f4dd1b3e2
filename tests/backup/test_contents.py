"""What is compared of a database: each row, the names of events, every export; and what counts as empty."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests.backup.made import TAKEN, backup, contents, manifest
from tests.factory import event, published
from tracker.backup.comparing import differences
from tracker.backup.contents import contents as contents_here
from tracker.backup.manifest import BadBackup, Sum, contents_of
from tracker.backup.programs import Failed, programs
from tracker.backup.taking import key_mark
from tracker.backup.target import require_empty, require_known, require_programs
from tracker.models import EventText, User

pytestmark = pytest.mark.django_db
EXPORTS = {"events.ndjson"} | {
    f"{folder}events.{form}" for folder in ("", "es/", "fr/") for form in ("ics", "csv", "xlsx", "json", "jsonld")
}


def test_all_tables_are_summed_up_but_those_left_out():
    published("one")
    found = contents_here()
    assert found.tables["tracker_event"].count == found.tables["tracker_revision"].count == 1
    assert {"tracker_user", "mfa_authenticator", "tracker_logrow", "django_migrations"} <= found.tables.keys()
    assert not {"django_session", "tracker_cache", "tracker_signincount"} & found.tables.keys()


def test_every_export_that_has_no_end_is_summed_up_and_three_names_an_event():
    published("one")
    published("two")
    found = contents_here()
    assert set(found.files) == EXPORTS
    assert found.names.count == 6
    assert contents_of(json.loads(json.dumps(found.to_document()))) == found == contents_here()


def test_an_empty_record_has_no_exports():
    found = contents_here()
    assert (found.stamp, found.names, found.files) == (None, None, {})


def test_one_letter_of_a_draft_changes_the_sum_of_its_table_alone():
    published("one")
    event("two")
    before = contents_here()
    EventText.objects.filter(event__slug="two").update(title="Title of twp")
    wrong, other = differences(before, contents_here())
    assert (wrong, other) == (["Other rows than were taken: tracker_eventtext."], [])


def test_what_differs_is_told_and_another_release_may_write_exports_otherwise():
    taken = contents()
    assert differences(taken, contents()) == ([], [])
    came = contents(files={"events.csv": Sum(1, "ab" * 32)}, names=Sum(5, "ab" * 32), stamp="2026-11-22T00:00:00+00:00")
    words = "Other bytes in the exports: events.csv, fr/events.csv."
    wrong, other = differences(taken, came)
    assert other == []
    assert wrong == [
        "The newest deed on the record is of 2026-11-22T00:00:00+00:00, and was of 2026-11-23T06:59:58.000001+00:00.",
        "Other names (UIDs) of events than were taken.",
        words,
    ]
    assert differences(taken, replace(taken, files=came.files, release="0.2.0+ff")) == ([], [words])
    grown = replace(taken, tables={}, migrations=("tracker.0001_initial", "tracker.0002_record_rules"))
    assert differences(taken, grown) == ([], [])


def test_a_database_that_only_migrations_have_filled_is_empty():
    require_empty()


def test_an_account_or_a_draft_is_enough_not_to_be_empty():
    User.objects.create_user("somebody")
    with pytest.raises(Failed, match=r"not empty; rows in its tables: tracker_user 1\. A backup is put"):
        require_empty()


def test_the_tables_of_another_program_are_not_dropped():
    with connection.cursor() as cursor:
        cursor.execute("create table invoices (id int)")
    with pytest.raises(Failed, match="holds what is not the tracker’s: invoices"):
        require_empty()


def test_a_backup_of_a_newer_release_is_refused_by_its_migrations():
    one = manifest(Sum(1, "ab" * 32), migrations=("tracker.0001_initial", "tracker.0999_later"), release="9.0.0+ab")
    with pytest.raises(BadBackup) as refusal:
        require_known(one)
    assert str(refusal.value) == (
        "The backup was made by a newer release (9.0.0+ab): this one does not know its migrations tracker.0999_later. "
        "Install that release, and restore with it."
    )


def test_a_backup_of_a_newer_postgresql_is_refused_and_of_programs_that_are_not_here():
    one = manifest(Sum(1, "ab" * 32))
    with pytest.raises(Failed, match="of PostgreSQL 99 and the database here of 18: restore it into 99 or newer"):
        require_programs(replace(one, server=99), 18)
    with pytest.raises(Failed, match=r"takes pg_dump, pg_restore and psql of PostgreSQL 99 or newer; here are: .*18"):
        require_programs(replace(one, program=99), 18)
    assert programs(18)[0] >= 18


@pytest.mark.parametrize("command", ["restore", "verify_backup"])
def test_a_file_that_is_refused_is_refused_in_words_with_nothing_touched(tmp_path, command):
    published("one")
    before = contents_here()
    newer = backup(tmp_path / "newer", migrations=("tracker.0999_later",))
    (tmp_path / "letter").write_text("Dear reader")
    (tmp_path / "empty").touch()
    for name, words in {
        "newer": "was made by a newer release",
        "letter": "is no backup of the tracker, or a broken one",
        "empty": "The file is empty",
        "none": "No such file or directory",
    }.items():
        with pytest.raises(CommandError, match=words):
            call_command(command, str(tmp_path / name))
    with pytest.raises(CommandError):
        call_command(command, str(tmp_path))
    newer.unlink()
    assert contents_here() == before


def test_a_backup_knows_the_key_of_its_instance_and_tells_nothing_of_it():
    mark = key_mark(TAKEN)
    assert mark == key_mark(TAKEN, settings.SECRET_KEY) != key_mark(TAKEN, "another key")
    assert mark != key_mark(TAKEN.replace(hour=8))
    assert len(mark) == 64


def test_a_number_to_keep_is_a_number(tmp_path):
    for text in ("0", "-1", "many", "10001", "١"):
        with pytest.raises(CommandError, match="allowed: a number from 1 to 10000"):
            call_command("backup", "--to", str(tmp_path), "--keep", text)
    assert list(tmp_path.iterdir()) == []
