"""`/.well-known/security.txt` (RFC 9116): whom to write to, for how long that is good, and nothing invented."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from timeline.views.security_txt import contacts_of, lines

PATH = "/.well-known/security.txt"
FIELD = re.compile(r"(Contact|Expires|Preferred-Languages|Canonical): \S.*")


@pytest.fixture
def client(client, settings):
    settings.CONTACT_EMAIL, settings.CONTACT_URL = "security@example.org", "https://example.org/contact"
    return client


def test_the_file_names_the_contacts_of_the_site(client):
    answer = client.get(PATH)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    told = answer.content.decode().splitlines()
    assert all(FIELD.fullmatch(line) for line in told)
    assert [line for line in told if not line.startswith("Expires")] == [
        "Contact: mailto:security@example.org",
        "Contact: https://example.org/contact",
        "Preferred-Languages: en, es, fr",
        "Canonical: http://127.0.0.1:8000/.well-known/security.txt",
    ]
    (expires,) = re.findall(r"^Expires: (.*)$", answer.content.decode(), re.M)
    left = datetime.strptime(expires, "%Y-%m-%dT%H:%M:%S%z") - datetime.now(UTC)
    assert timedelta(days=178) < left < timedelta(days=365)


def test_it_is_the_same_all_day():
    days = [datetime(2026, 3, 1, hour, 59, tzinfo=UTC) for hour in (0, 12, 23)]
    assert len({tuple(lines(["mailto:a@b.c"], now=now)) for now in days}) == 1


def test_a_site_that_names_nobody_says_so(client, settings):
    settings.CONTACT_EMAIL = settings.CONTACT_URL = ""
    answer = client.get(PATH)
    assert (answer.status_code, answer.content.decode()) == (404, "This site has named nobody to write to.\n")


@pytest.mark.parametrize(
    ("mail", "page", "found"),
    [
        ("", "", []),
        ("a+b@example.org", "", ["mailto:a+b@example.org"]),
        ("", "http://example.org/contact", []),
        ("", "https://example.org/contact", ["https://example.org/contact"]),
    ],
)
def test_a_page_counts_by_https_alone(mail, page, found):
    assert contacts_of(mail, page) == found


def test_it_is_only_read(client):
    assert (client.post(PATH).status_code, client.head(PATH).content) == (405, b"")
