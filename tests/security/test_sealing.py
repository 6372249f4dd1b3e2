"""Secrets of second factors stand sealed in the database: a copy of it opens no account."""

import json
import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.signing import app_code, member
from tracker.sealing import MARK, Unreadable, seal, unseal
from tracker.signing.factor_adapter import PURPOSE

FIRST, SECOND = "first key " * 6, "second key " * 6
WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS)
def test_what_is_sealed_is_read_again_and_never_looks_the_same(text):
    sealed, again = seal(text, purpose="a"), seal(text, purpose="a")
    assert (unseal(sealed, purpose="a"), unseal(again, purpose="a"), sealed == again) == (text, text, False)
    assert len(text) < 4 or text not in sealed


def test_what_was_sealed_for_one_purpose_is_read_for_no_other():
    with pytest.raises(Unreadable):
        unseal(seal("x", purpose="a"), purpose="b")


@given(WORDS.filter(lambda text: not text.startswith(MARK)))
def test_what_was_written_plain_before_is_read_as_it_stands(text):
    assert unseal(text, purpose="a") == text


def test_a_changed_letter_is_noticed():
    sealed = seal("a secret", purpose="a")
    for at in range(len(MARK), len(sealed), 7):
        other = "A" if sealed[at] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(sealed[:at] + other + sealed[at + 1 :], purpose="a")


def test_a_key_of_before_still_opens_and_no_longer_seals(settings):
    settings.SECRET_KEY = FIRST
    before = seal("x", purpose="a")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECOND, [FIRST]
    assert unseal(before, purpose="a") == "x"
    after = seal("x", purpose="a")
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(after, purpose="a") == "x"
    with pytest.raises(Unreadable):
        unseal(before, purpose="a")


@pytest.mark.django_db
def test_the_database_holds_no_secret_of_a_factor_in_plain_and_its_codes_fit():
    user, secret = member("editor"), generate_totp_secret()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept and kept.count(MARK) == 2
    app = Authenticator.objects.get(type="totp").wrap()
    assert (app.validate_code(app_code(secret)), app.validate_code("000000")) == (True, False)
    assert Authenticator.objects.get(type="recovery_codes").wrap().validate_code(codes[0])


@pytest.mark.django_db
def test_a_factor_of_before_works_and_the_command_seals_it():
    user, secret = member("editor"), generate_totp_secret()
    row = Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    assert row.wrap().validate_code(app_code(secret))
    call_command("seal_secrets")
    row.refresh_from_db()
    assert row.data["secret"].startswith(MARK)
    assert unseal(row.data["secret"], purpose=PURPOSE) == secret


@pytest.mark.django_db
def test_after_the_command_the_key_of_before_is_needed_no_more(settings):
    settings.SECRET_KEY = FIRST
    user, secret = member("editor"), generate_totp_secret()
    TOTP.activate(user, secret)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = SECOND, [FIRST]
    call_command("seal_secrets")
    settings.SECRET_KEY_FALLBACKS = []
    assert Authenticator.objects.get().wrap().validate_code(app_code(secret))


@pytest.mark.django_db
def test_a_secret_that_nobody_can_read_fits_no_code_and_is_left_as_it_is(settings, caplog, capsys):
    settings.SECRET_KEY = FIRST
    user, secret = member("editor"), generate_totp_secret()
    TOTP.activate(user, secret)
    before = Authenticator.objects.get().data
    settings.SECRET_KEY = SECOND
    call_command("seal_secrets")
    assert "Not readable by SECRET_KEY nor by SECRET_KEY_FALLBACKS: 1." in capsys.readouterr().err
    with caplog.at_level(logging.ERROR):
        factor = Authenticator.objects.get()
        assert not factor.wrap().validate_code(app_code(secret))
    assert (factor.data, "No code of that account will fit" in caplog.text) == (before, True)
