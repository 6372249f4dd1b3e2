"""Reflected XSS: no parameter, no path and no form gives back what it was sent as markup."""

import pytest
from django.test import Client

from tests.factory import published
from tests.security.judging import of_answer
from timeline.query.table import PARAMETERS
from tracker.models.sharing import NamedEmbed

pytestmark = pytest.mark.django_db

CALL = "zqxss"
PAYLOADS = (
    f'"><script>{CALL}(1)</script>',
    f"'><img src=x onerror={CALL}(1)>",
    f'" autofocus onfocus={CALL}(1) style="x',
    f"javascript:{CALL}(1)",
    f"</title></style></script></textarea><svg/onload={CALL}(1)>",
    f"{{{{7*7}}}}{{% debug %}}{CALL}",
)
ALSO = ("name", "w", "page", "bom", "url", "format", "maxwidth", "maxheight", "callback", "utm_source", "theme", "site")
NAMES = [*(one.name for one in PARAMETERS), *ALSO]
ONE_OF_EACH = [
    "/",
    "/events/one/",
    "/clock/",
    "/changes/",
    "/redline/",
    "/slips/",
    "/share/",
    "/embed/",
    "/embed/named/",
]
ONE_OF_EACH += ["/results/", "/events/one/card/", "/clock/results/", "/corrections/", "/about/", "/api/v1/", "/oembed"]
ONE_OF_EACH += ["/api/v1/events/", "/api/v1/changes/", "/api/v1/clock/", "/events.json", "/events.csv", "/events.ics"]
ONE_OF_EACH += ["/feed.atom", "/changes.json", "/sitemap.xml", "/events.svg"]


@pytest.fixture
def record():
    published("one")
    NamedEmbed.objects.create(name="named")


def judged(client, path, given) -> list[str]:
    answer = client.get(path, given)
    assert answer.status_code < 500 or answer.status_code == 501, (path, given)  # oEmbed's word for another format.
    return of_answer(answer) if answer.headers.get("Content-Type") else []


def test_no_parameter_comes_back_as_markup(client, record):
    for path in ("/", "/share/", "/clock/", "/embed/", "/oembed", "/changes/"):
        for payload in PAYLOADS[:3]:
            assert judged(client, path, dict.fromkeys(NAMES, payload)) == [], path
    assert CALL in client.get("/", {"kind": PAYLOADS[0]}).content.decode()


@pytest.mark.long
def test_no_parameter_of_any_face_comes_back_as_markup(client, record):
    for path in ONE_OF_EACH:
        for payload in PAYLOADS:
            assert judged(client, path, dict.fromkeys(NAMES, payload)) == [], (path, payload)
        for name in NAMES if path in ONE_OF_EACH[:9] else ():  # A fault of one may hide another.
            assert judged(client, path, {name: " ".join(PAYLOADS)[:400]}) == [], (path, name)


def test_no_name_of_a_parameter_and_no_path_comes_back_as_markup(client, record):
    for payload in PAYLOADS:
        assert judged(client, "/", {payload: payload}) == []
        for path in (
            f"/{payload}",
            f"/events/{payload}/",
            f"/embed/{payload}/",
            f"/es/{payload}",
            f"/api/v1/{payload}",
        ):
            answer = client.get(path)
            assert answer.status_code in (301, 404), path
            assert of_answer(answer) == [], path


def test_no_form_of_signing_in_gives_back_markup():
    for payload in PAYLOADS:
        sent = {"login": payload, "password": payload, "next": payload, "email": payload}
        for path in ("/accounts/login/", "/accounts/password/reset/"):
            answer = Client().post(path, sent, query_params={"next": payload, "lang": payload})
            assert answer.status_code == 302 or of_answer(answer) == [], (path, payload)
