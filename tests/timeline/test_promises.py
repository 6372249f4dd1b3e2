"""The accessibility statement and the page on privacy: found from everywhere, the same whatever is asked, with whom to
write to."""

import pytest

from tests.elements import Elements, read
from tests.factory import ago, published
from tests.kept import forget
from tests.signing import member, signed_in

pytestmark = pytest.mark.django_db
PAGES = ("accessibility", "privacy")


def hrefs(text: str) -> set[str]:
    return {attrs.get("href", "") for attrs, _words in Elements(text).links()}


@pytest.mark.parametrize("language", ["", "/es", "/fr"])
def test_every_page_leads_to_both_in_its_language_a_refusal_too(client, language):
    published("one")
    wanted = {f"{language}/{page}/" for page in PAGES}
    for path in ("/", "/events/one/", "/clock/", "/about/", "/share/", *(f"/{page}/" for page in PAGES)):
        assert wanted - hrefs(read(client, language + path)) == set(), path
    for path, status in (("/?from=2025-13", 400), ("/events/nothing/", 404)):
        answer = client.get(language + path)
        assert (answer.status_code, wanted - hrefs(answer.content.decode())) == (status, set())


def test_the_links_keep_the_readers_moment(client):
    published("one", since=ago(days=9))
    day = ago(days=2).date()
    assert {f"/{page}/?as_of={day}" for page in PAGES} - hrefs(read(client, f"/?as_of={day}")) == set()


@pytest.mark.parametrize("page", PAGES)
def test_whom_to_write_to_is_told_where_it_is_set(client, settings, page):
    assert "has set no address to write to" in read(client, f"/{page}/")
    tag = client.get(f"/{page}/").headers["ETag"]
    settings.CONTACT_EMAIL, settings.CONTACT_URL = "errors@example.org", "https://example.org/contact"
    forget()  # A setting changes only with the process.
    answer = client.get(f"/{page}/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert {"mailto:errors@example.org", "https://example.org/contact"} <= hrefs(answer.content.decode())


@pytest.mark.parametrize("page", PAGES)
def test_the_page_sets_no_cookie_and_has_a_title_and_a_description_of_its_own(client, page):
    answer = client.get(f"/{page}/")
    found = Elements(answer.content.decode())
    descriptions = {one.get("content") for one in found.of("meta") if one.get("name") == "description"}
    home = Elements(read(client, "/")).of("meta")
    assert dict(answer.cookies) == {}
    assert len(descriptions) == 1
    assert descriptions.isdisjoint(one.get("content") for one in home)


def test_who_may_not_do_something_at_the_desk_is_told_so_on_a_page_of_the_site(client):
    made = published("one")
    answer = signed_in(member("author")).get(f"/admin/tracker/event/{made.pk}/publish/")
    assert (answer.status_code, "Your account may not open this page" in answer.content.decode()) == (403, True)
