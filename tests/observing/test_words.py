"""What the log and the reports say of an error: where, of what kind, and no value of anybody's."""

import pytest

from tracker.observing.words import LONGEST, STATEMENT, fault_words, scrubbed, statement_words


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        (
            "UniqueViolation",
            'duplicate key value violates unique constraint "tracker_user_email_key"\n'
            "DETAIL:  Key (email)=(ana@example.org) already exists.\nand more of the value",
            'duplicate key value violates unique constraint "tracker_user_email_key"',
        ),
        (
            "DataError",
            "invalid input syntax for type date: \"Ana\nMaría\"\nLINE 1: select 'Ana'::date\n               ^",
            "invalid input syntax for type date: '…'",
        ),
        (
            "NotNullViolation",
            'null value in column "title" of relation "tracker_event" violates not-null constraint\n'
            "DETAIL:  Failing row contains (7, Ana).",
            'null value in column "title" of relation "tracker_event" violates not-null constraint',
        ),
        (
            "OperationalError",
            'connection to server at "192.0.2.17", port 5432 failed: FATAL: password wrong for user "tracker"',
            "connection to server at '…', port 5432 failed: FATAL: password wrong for user '…'",
        ),
        ("ValueError", "invalid literal for int() with base 10: 'Ana'", "invalid literal for int() with base 10: '…'"),
        ("KeyError", "'ana@example.org'", "'…'"),
        ("AttributeError", "'NoneType' object has no attribute 'slug'", "'NoneType' object has no attribute 'slug'"),
        ("RuntimeError", "no answer from ana@example.org at 2001:db8::7", "no answer from (mail address) at (address)"),
        ("RuntimeError", "", ""),
    ],
)
def test_an_exception_is_told_without_the_values_that_it_repeats(kind, words, told):
    assert fault_words(kind, words) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("GET /events.csv?q=Ana&country=MX failed", "GET /events.csv?… failed"),
        ("https://example.org/?q=Ana", "https://example.org/?…"),
        ("redis://me:s3cret@store:6379/0 is away", "redis://…@store:6379/0 is away"),
        ("from 203.0.113.9, 2001:db8:0:1::9 and ::1", "from (address), (address) and (address)"),
        ("at 14:03 and 14:03:59 of 2026-11-23T14:03:59Z", "at 14:03 and 14:03:59 of 2026-11-23T14:03:59Z"),
        ("release 1.2.3, 5.2.19", "release 1.2.3, 5.2.19"),
        ("Is it there? Nobody knows.", "Is it there? Nobody knows."),
        ("in module tracker.admin::deeds", "in module tracker.admin::deeds"),
    ],
)
def test_a_message_has_no_addresses_and_no_query_strings(text, told):
    assert scrubbed(text) == told


def test_a_long_message_is_cut():
    assert scrubbed("x" * (LONGEST + 1)) == "x" * LONGEST + "…"


def test_a_statement_keeps_its_placeholders_and_loses_what_is_written_into_it():
    statement = "select *\n  from tracker_user\n where name = %s and email = 'ana''s@example.org' limit 21"
    assert statement_words(statement) == "select * from tracker_user where name = %s and email = '…' limit 21"
    assert statement_words("x" * (STATEMENT + 1)) == "x" * STATEMENT + "…"
