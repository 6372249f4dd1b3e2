"""An unsafe production start is refused with a sentence; a safe one starts."""

import os
import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

SETTINGS = Path(__file__).resolve().parents[2] / "tracker" / "settings.py"
SAFE = {
    "TRACKER_MODE": "production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "tracker.example.org",
    "SITE_URL": "https://tracker.example.org",
}
REFUSED = [
    ({"DEBUG": "1"}, "DEBUG is on in production: unset DEBUG, or set TRACKER_MODE=development."),
    ({"DEBUG": "maybe"}, "DEBUG is 'maybe'; allowed: 1 or 0."),
    ({"BEHIND_HTTPS_PROXY": "si"}, "BEHIND_HTTPS_PROXY is 'si'; allowed: 1 or 0."),
    ({"SECRET_KEY": ""}, "SECRET_KEY is missing, a default or too short"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is missing, a default or too short"),
    ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is missing, a default or too short"),
    ({"SECRET_KEY": "django-insecure-" + SAFE["SECRET_KEY"]}, "SECRET_KEY is missing, a default or too short"),
    ({"SECRET_KEY": "", "SECRET_KEY_FILE": "/no/such/file"}, "SECRET_KEY_FILE cannot be read"),
    ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty or '*'"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is empty or '*'"),
    ({"ALLOWED_HOSTS": "example.org,*"}, "ALLOWED_HOSTS is empty or '*'"),
    ({"SITE_URL": ""}, "SITE_URL is empty"),
    ({"SITE_URL": "tracker.example.org"}, "SITE_URL is 'tracker.example.org'; allowed: scheme and host"),
    (
        {"SITE_URL": "https://example.org/tracker"},
        "SITE_URL is 'https://example.org/tracker'; allowed: scheme and host",
    ),
    ({"TRACKER_MODE": "staging"}, "TRACKER_MODE is 'staging'; allowed: production, development, test."),
    ({"TRUSTED_PROXIES": "all"}, "TRUSTED_PROXIES is 'all'; allowed: a number from 0 to 9."),
    ({"DESK_IDLE_MINUTES": "0"}, "DESK_IDLE_MINUTES is '0'; allowed: a number from 5 to 1440."),
    ({"DESK_SESSION_HOURS": "999999999999"}, "DESK_SESSION_HOURS is '999999999999'; allowed: a number from 1 to 24."),
    ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL cannot be read; allowed: smtp://name:password@host:587"),
    ({"EMAIL_URL": "smtp://mail.example.org:many"}, "EMAIL_URL cannot be read"),
    ({"EMAIL_URL": "https://mail.example.org"}, "EMAIL_URL cannot be read"),
    ({"CONTACT_EMAIL": "nobody"}, "CONTACT_EMAIL is 'nobody'; allowed: an address like corrections@example.org."),
    ({"CONTACT_URL": "javascript:x"}, "CONTACT_URL is 'javascript:x'; allowed: an address like https://example.org"),
    ({"CACHE_URL": "memcached://cache.example.org"}, "CACHE_URL cannot be read; allowed: redis://name:password@host"),
    ({"CACHE_URL": "redis://cache.example.org:many/0"}, "CACHE_URL cannot be read"),
    ({"CACHE_URL": "redis://cache.example.org/0?ssl_cert_reqs=none"}, "CACHE_URL cannot be read"),
    ({"KEPT_MS": "2000"}, "KEPT_MS is '2000'; allowed: a number from 0 to 1000."),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is 'xml'; allowed: json, line."),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is 'LOUD'; allowed: DEBUG, INFO, WARNING, ERROR, CRITICAL."),
    ({"REQUEST_LOG": "1"}, "REQUEST_LOG is '1'; allowed: all, made, none."),
    ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN is too short or holds spaces; allowed: 20 characters or more, ASCII."),
    (
        {"SENTRY_DSN": "https://sentry.example.org/7"},
        "SENTRY_DSN cannot be read; allowed: an address like https://key@",
    ),
    ({"SENTRY_DSN": "https://key@sentry.example.org/"}, "SENTRY_DSN cannot be read"),
    ({"SENTRY_DSN": "https://key@sentry.example.org:many/7"}, "SENTRY_DSN cannot be read"),
    ({"SLOW_QUERY_MS": "0.5"}, "SLOW_QUERY_MS is '0.5'; allowed: a number from 0 to 600000."),
    ({"REPLICA_LAG_SECONDS": "0"}, "REPLICA_LAG_SECONDS is '0'; allowed: a number from 1 to 86400."),
    ({"DISK_FREE_MB": "some"}, "DISK_FREE_MB is 'some'; allowed: a number from 1 to 1000000."),
    ({"DATABASE_URL": "sqlite:///x"}, "DATABASE_URL must name a PostgreSQL database (15 or newer)."),
]


@pytest.fixture
def settings_with(monkeypatch):
    """A function that evaluates a fresh copy of the settings file in the given environment."""

    def evaluate(**environment):
        for name in [*SAFE, "SECRET_KEY_FILE", "DATABASE_URL", "DEBUG", "BEHIND_HTTPS_PROXY", "EMAIL_URL", "CACHE_URL"]:
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return evaluate


@pytest.mark.parametrize(("change", "sentence"), REFUSED, ids=[str(change) for change, _ in REFUSED])
def test_an_unsafe_production_start_is_refused_in_words(settings_with, change, sentence):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(**SAFE | change)
    assert str(refusal.value).startswith(sentence)


def test_production_is_what_runs_unless_told_otherwise(settings_with):
    with pytest.raises(ImproperlyConfigured):
        settings_with()


def test_a_safe_production_start_keeps_cookies_to_https_and_debug_off(settings_with):
    settings = settings_with(**SAFE)
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["tracker.example.org"]
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 63_072_000
    assert settings["SECURE_SSL_REDIRECT"] is True


def test_mail_goes_where_the_address_says_and_to_the_terminal_by_default(settings_with):
    assert settings_with(**SAFE)["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    settings = settings_with(**SAFE | {"EMAIL_URL": "smtp://desk:s%40fe@mail.example.org"})
    assert {name: value for name, value in settings.items() if name.startswith("EMAIL_")} == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "desk",
        "EMAIL_HOST_PASSWORD": "s@fe",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
        "EMAIL_TIMEOUT": 10,
    }
    assert settings["DEFAULT_FROM_EMAIL"] == "desk@tracker.example.org"


def test_the_key_may_stand_in_a_file(settings_with, tmp_path):
    (tmp_path / "key").write_text(SAFE["SECRET_KEY"] + "\n")
    settings = settings_with(**SAFE | {"SECRET_KEY": "", "SECRET_KEY_FILE": str(tmp_path / "key")})
    assert settings["SECRET_KEY"] == SAFE["SECRET_KEY"]


def test_database_url_takes_the_place_of_the_embedded_server(settings_with):
    settings = settings_with(**SAFE | {"DATABASE_URL": "postgres://me:secret@db.example.org:5433/record"})
    default = settings["DATABASES"]["default"]
    assert (default["ENGINE"], default["HOST"], default["PORT"], default["NAME"]) == (
        "tracker.database.server",
        "db.example.org",
        5433,
        "record",
    )


def test_without_database_url_the_data_lie_in_the_var_folder(settings_with, tmp_path):
    settings = settings_with(**SAFE | {"TRACKER_VAR": str(tmp_path)})
    default = settings["DATABASES"]["default"]
    assert (default["ENGINE"], default["EMBEDDED_DATA"]) == ("tracker.database", tmp_path / "pg")


def test_answers_are_kept_in_files_or_where_cache_url_says(settings_with, tmp_path):
    settings = settings_with(**SAFE | {"TRACKER_VAR": str(tmp_path)})
    assert settings["CACHES"]["answers"]["LOCATION"] == str(tmp_path / "answers")
    assert settings["KEPT_SECONDS"] == 1
    other = settings_with(**SAFE | {"TRACKER_VAR": str(tmp_path), "SITE_URL": "https://other.example.org"})
    assert other["CACHES"]["answers"]["KEY_PREFIX"] != settings["CACHES"]["answers"]["KEY_PREFIX"]
    for scheme, meant in {"redis": "redis", "valkeys": "rediss"}.items():
        url = f"{scheme}://me:s%40fe@cache.example.org:6380/2"
        answers = settings_with(**SAFE | {"CACHE_URL": url})["CACHES"]["answers"]
        assert answers["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
        assert answers["LOCATION"] == [f"{meant}://me:s%40fe@cache.example.org:6380/2"]


def test_the_tests_themselves_use_a_server_of_their_own():
    assert Path(os.environ["TRACKER_VAR"]).parts[-3:-1] == ("var", "test")


def test_by_https_the_cookies_are_of_this_very_host_alone(settings_with):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    found = settings_with(**SAFE)
    assert [found[name] for name in names] == ["__Host-sessionid", "__Host-csrftoken", True, True]
    found = settings_with(**SAFE | {"SITE_URL": "http://127.0.0.1:8000"})
    assert [found[name] for name in names] == ["sessionid", "csrftoken", False, False]
