"""A line of the log: one object, with the number of its request, and without what is a person's."""

import json
import logging

import pytest
from django.db import IntegrityError, connection

from tracker.models import User
from tracker.observing import current
from tracker.observing.logging_setup import logging_of
from tracker.observing.logs import Json, Line


def record(message, *arguments, name="tracker.test", error=None, **more):
    made = logging.LogRecord(
        name, logging.ERROR, "file.py", 7, message, arguments, error and (type(error), error, None)
    )
    made.created = 1_795_417_853.0424
    vars(made).update(more)
    return made


@pytest.fixture
def request_at_work(rf):
    request = rf.get("/accounts/password/reset/key/ana-secret/?q=Ana")
    current.begin(request)
    yield request
    current.end()


def test_a_line_is_one_object_with_time_level_logger_and_message():
    assert json.loads(Json().format(record("It broke: %s times", 3))) == {
        "time": "2026-11-23T07:10:53.042Z",
        "level": "ERROR",
        "logger": "tracker.test",
        "message": "It broke: 3 times",
    }


def test_a_line_of_a_request_bears_its_number(request_at_work):
    line = json.loads(Json().format(record("It broke")))
    assert line["request_id"] == request_at_work.request_id
    assert Line().format(record("It broke")).endswith(f"It broke request_id={request_at_work.request_id}")


def test_after_a_request_no_line_bears_its_number(request_at_work):
    current.end()
    assert "request_id" not in json.loads(Json().format(record("It broke")))


def test_nothing_breaks_a_line():
    text = "one\ntwo\r\n2026-01-01 ERROR tracker: forged\x85\u2028three\x1b[31m"
    for shape in (Json(), Line()):
        assert len(shape.format(record("%s", text)).splitlines()) == 1


def test_where_django_says_the_address_the_log_says_its_pattern(request_at_work):
    request_at_work.resolver_match = type("Match", (), {"route": "accounts/password/reset/key/<uidb36>-<key>/"})()
    made = record(
        "%s: %s", "Internal Server Error", request_at_work.path, name="django.request", request=request_at_work
    )
    message = json.loads(Json().format(made))["message"]
    assert message == "Internal Server Error: /accounts/password/reset/key/<uidb36>-<key>/"


def test_what_a_client_sent_is_not_repeated():
    made = record("Invalid HTTP_HOST header: 'ana.example.org'.", name="django.security.DisallowedHost")
    assert json.loads(Json().format(made))["message"] == "Invalid HTTP_HOST header: '…'."


def test_of_a_traceback_in_a_message_the_words_of_the_error_are_left_out():
    raised = 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: Ana\nMaría'
    text = f"Application callable raised an exception\n{raised}"
    message = json.loads(Json().format(record(text, name="_granian.utils")))["message"]
    assert message == text.partition(": Ana")[0]


@pytest.mark.django_db
def test_a_real_error_of_the_database_is_logged_without_the_row():
    name = User.objects.create_user("ana.garcia", password=None).username
    try:
        with connection.cursor() as cursor:
            cursor.execute("insert into tracker_user select * from tracker_user where username = %s", [name])
    except IntegrityError as error:
        line = Json().format(record("It broke", error=error))
    told = json.loads(line)["exception"]
    assert "ana.garcia" not in line
    assert 'duplicate key value violates unique constraint "tracker_user_pkey"' in told
    assert told.splitlines()[0] == "Traceback (most recent call last):"
    assert "The above exception was the direct cause of the following exception:" in told
    assert told.splitlines()[-1].startswith("django.db.utils.IntegrityError: duplicate key value")


def test_requests_are_written_down_only_where_asked_for():
    levels = {asked: logging_of(shape="json", level="ERROR", requests=asked)["loggers"] for asked in (True, False)}
    assert {asked: found["tracker.requests"]["level"] for asked, found in levels.items()} == {
        True: "INFO",
        False: "CRITICAL",
    }
