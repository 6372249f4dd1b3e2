"""The first administrator gets a password that holds for one sign-in."""

import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from tests.signing import signed_in
from tracker.models import LogRow
from tracker.signing.factors import has_factor

pytestmark = pytest.mark.django_db


def made(capsys, *arguments, **options):
    """Runs the command; gives the password that it printed."""
    call_command("create_admin", *arguments, **options)
    return re.search(r"^One-time password: (\S{20})$", capsys.readouterr().out, re.MULTILINE)[1]


def test_the_printed_password_signs_in_and_must_be_changed(capsys):
    password = made(capsys, "jane", language="fr")
    user = authenticate(username="jane", password=password)
    assert (user.is_superuser, user.is_staff, user.one_time_password, user.language) == (True, True, True, "fr")


def test_no_two_passwords_are_alike(capsys):
    assert made(capsys, "jane") != made(capsys, "joan")


def test_a_name_that_is_taken_is_refused_with_the_way_out(capsys):
    made(capsys, "jane")
    with pytest.raises(CommandError, match=r"There is a user jane already.*make admin NAME=jane RESET=1"):
        call_command("create_admin", "jane")


def test_reset_gives_a_new_one_time_password_and_ends_the_old(capsys):
    first = made(capsys, "jane")
    second = made(capsys, "jane", reset=True)
    assert authenticate(username="jane", password=first) is None
    assert authenticate(username="jane", password=second).one_time_password is True


def test_reset_makes_nobody_an_administrator():
    get_user_model().objects.create_user("author", password="not one that is used elsewhere")
    with pytest.raises(CommandError, match="There is no administrator author"):
        call_command("create_admin", "author", reset=True)


def test_a_name_that_cannot_be_is_refused():
    with pytest.raises(CommandError, match="'two words' cannot be a user name"):
        call_command("create_admin", "two words")
    assert get_user_model().objects.count() == 0


def test_reset_removes_the_second_factors_and_says_so_in_the_log(capsys):
    made(capsys, "jane")
    jane = get_user_model().objects.get(username="jane")
    browser = signed_in(jane)
    made(capsys, "jane", reset=True)
    assert not has_factor(jane)
    assert browser.get("/admin/").url.startswith("/accounts/login/")
    assert list(LogRow.objects.order_by("id").values_list("action", "who", "title")) == [
        ("password-changed", "make admin", "jane"),
        ("factor-removed", "make admin", "jane"),
        ("password-changed", "make admin", "jane"),
    ]
