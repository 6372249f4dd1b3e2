"""Who may show what in a frame: anyone the embed, whatever it answers; nobody anything else."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.elements import Elements
from tests.factory import published
from timeline import urls
from timeline.views.framing import site_of
from tracker.models.sharing import NamedEmbed

pytestmark = pytest.mark.django_db

ADDRESSES = [str(one.pattern).replace("<slug:slug>", "one") for one in urls.urlpatterns]
OTHERS = [f"{prefix}{one}" for prefix in ("/", "/es/", "/fr/") for one in ADDRESSES if not one.startswith("embed/")]


@pytest.mark.parametrize("address", [*OTHERS, "/?kind=x", "/nothing/", "/embed/x/y/", "/admin/login/", "/health/live"])
def test_no_address_but_the_embed_may_be_framed(client, address):
    published("one")
    answer = client.get(address)
    answer.close()  # a file that is streamed is not read here
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def framable(answer) -> bool:
    policy = answer.headers["Content-Security-Policy"].split("; ")
    return (
        "X-Frame-Options" not in answer.headers
        and {"frame-ancestors *", "script-src 'self'", "connect-src 'none'", "form-action 'none'"} <= set(policy)
        and answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    )


@pytest.mark.parametrize("address", ["/embed/", "/es/embed/", "/fr/embed/?event=one&look=list", "/fr/embed/tariffs/"])
def test_anyone_may_frame_the_embed_whatever_it_answers(client, address):
    published("one")
    NamedEmbed.objects.create(name="tariffs")
    first = client.get(address)
    same = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    bad = client.get(address.partition("?")[0] + "?kind=tarif")
    never = client.post(address)
    answers = [first, same, bad, never]
    assert [answer.status_code for answer in answers] == [200, 304, 400, 405]
    assert all(framable(answer) for answer in answers)
    assert not any(answer.cookies for answer in answers)


def test_a_site_is_taken_as_the_policy_takes_it_and_nothing_else_is():
    good = ["https://news.example", "http://localhost:8080", "*.news.example", "News.Example/", " https://a-b.example "]
    assert [site_of(text) for text in good] == [
        "https://news.example", "http://localhost:8080", "*.news.example", "news.example", "https://a-b.example",
    ]  # fmt: skip
    bad = ["", "*", "'self'", "https:", "a b", "a;script-src *", "a.example/path", "javascript:alert(1)", "-a", "é.fr"]
    assert [site_of(text) for text in bad] == [""] * len(bad)


@given(st.text())
def test_no_text_adds_a_source_or_a_directive_to_the_policy(text):
    assert not set(site_of(text)) & set(" ;,'\"\n\r\t")


def test_a_request_that_cannot_be_read_is_refused_within_the_frame(client):
    for parameter, status in (("a=bc&", 414), ("a&", 400)):
        answer = client.get("/embed/?" + 1001 * parameter)
        assert (answer.status_code, framable(answer)) == (status, True)
        assert "Full timeline" in answer.content.decode()


def test_a_server_error_is_told_within_the_frame():
    def broken(*_):
        raise OperationalError("no database")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(broken):
        answer = client.get("/es/embed/")
    assert (answer.status_code, framable(answer)) == (503, True)
    assert '<a href="/es/"' in answer.content.decode()


def test_a_refusal_is_small_and_leads_out_and_on(client):
    page = client.get("/embed/?kind=tarif&country=CA&theme=dark").content.decode()
    found = Elements(page)
    assert found.of("form") == found.of("nav") == []
    assert "kind=tarif" in page
    assert [attrs["href"] for attrs, _ in found.links()] == ["/embed/?country=CA&theme=dark", "/?country=CA"]
