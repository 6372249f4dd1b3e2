"""Embeds that have a name at the desk: whose query holds, who may show them, what their links keep."""

import pytest
from django.http import QueryDict

from tests.elements import Elements, read
from tests.factory import published
from tests.kept import forget
from tracker.models.sharing import NamedEmbed

pytestmark = pytest.mark.django_db


def rows(page: str) -> list[str]:
    links = Elements(page).links()
    return [words for attrs, words in links if "title" in attrs.get("class", "")]


@pytest.fixture
def three():
    for slug, country in (("canada", "CA"), ("mexico", "MX"), ("states", "US")):
        published(slug, title=slug, date="2025-05-01", countries=[country])


def test_the_query_of_the_desk_holds_where_the_address_says_nothing(client, three):
    NamedEmbed.objects.create(name="tariffs", query="?country=MX&look=list&theme=dark")
    page = read(client, "/embed/tariffs/")
    assert rows(page) == ["mexico"] and ' data-theme="dark">' in page
    assert rows(read(client, "/embed/tariffs/?country=CA&theme=light")) == ["canada"]
    assert rows(read(client, "/embed/tariffs/?country=")) == ["states", "mexico", "canada"]
    assert rows(read(client, "/fr/embed/tariffs/")) == ["mexico"]


def test_a_name_that_is_not_known_or_not_in_use_is_told_so_within_the_frame(client):
    NamedEmbed.objects.create(name="old", active=False)
    for name in ("old", "none", "méxico", "my%20embed", "nul%00"):
        answer = client.get(f"/embed/{name}/")
        assert (answer.status_code, "X-Frame-Options" in answer.headers) == (404, False)
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert "Not found" in answer.content.decode()


@pytest.mark.parametrize(
    ("hosts", "ancestors"),
    [
        ([], "*"),
        (["https://news.example", "*.other.example"], "https://news.example *.other.example"),
        (["https://news.example", "x; script-src *"], "https://news.example"),
        (["'self' *"], "'none'"),
    ],
)
def test_only_the_sites_that_the_desk_names_may_show_it_whatever_it_answers(client, hosts, ancestors):
    NamedEmbed.objects.create(name="tariffs", hosts=hosts)
    first = client.get("/embed/tariffs/")
    same = client.get("/embed/tariffs/", headers={"If-None-Match": first.headers["ETag"]})
    bad, never = client.get("/embed/tariffs/?kind=x"), client.post("/embed/tariffs/")
    assert [answer.status_code for answer in (first, same, bad, never)] == [200, 304, 400, 405]
    for answer in (first, same, bad, never):
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert [one for one in policy if one.startswith("frame-ancestors")] == [f"frame-ancestors {ancestors}"]
        assert "script-src 'self'" in policy and "X-Frame-Options" not in answer.headers


def test_its_tag_changes_with_what_the_desk_says_and_it_has_no_time_of_change(client):
    named = NamedEmbed.objects.create(name="tariffs")
    first = client.get("/embed/tariffs/")
    assert "Last-Modified" not in first.headers
    named.hosts = ["https://news.example"]
    named.save()
    again = client.get("/embed/tariffs/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"] != first.headers["ETag"]) == (200, True)


def test_every_link_within_stays_at_its_address(client, three):
    NamedEmbed.objects.create(name="tariffs", query="country=MX,CA")
    found = Elements(read(client, "/embed/tariffs/?event=mexico"))
    within = [attrs["href"] for attrs, _ in found.links() if "target" not in attrs]
    assert len(within) > 5
    assert {href.partition("?")[0] for href in within} == {"", "/embed/tariffs/"}
    out = {attrs["href"] for attrs, _ in found.links() if "target" in attrs}
    assert "/?country=CA,MX&event=mexico" in out


def test_what_the_desk_opens_and_bounds_can_be_closed_and_left_and_stays_so(client, three):
    NamedEmbed.objects.create(name="tariffs", query="event=mexico&from=2025-01&to=2025-12&start=2025-01-01")
    page = read(client, "/embed/tariffs/")
    assert 'id="opened" data-event="mexico"' in page
    closed = link(page, "Close")
    assert closed == "/embed/tariffs/?from=2025-01&to=2025-12&start=2025-01-01&event="
    page = read(client, closed)
    assert 'id="opened"' not in page
    for words in ("→", "All dates"):
        address = link(page, words)
        assert QueryDict(address.partition("?")[2], mutable=False).get("event") == ""
        assert 'id="opened"' not in read(client, address)
    whole = QueryDict(link(page, "All dates").partition("?")[2])
    assert {name: whole[name] for name in whole} == {"event": "", "from": "", "to": "", "start": ""}
    out = [attrs["href"] for attrs, words in Elements(page).links() if words.startswith("Full timeline")]
    assert out == ["/?from=2025-01&to=2025-12&start=2025-01-01"]


def link(page: str, words: str) -> str:
    return next(attrs["href"] for attrs, said in Elements(page).links() if said == words)


def test_a_fault_is_told_with_a_way_on_at_its_address(client):
    NamedEmbed.objects.create(name="tariffs", query="kind=nonsense&country=MX")
    page = client.get("/embed/tariffs/").content.decode()
    assert "kind=nonsense" in page
    assert link(page, "Go on without these parameters") == "/embed/tariffs/?country=MX&kind="
    assert client.get("/embed/tariffs/?country=MX&kind=").status_code == 200


def test_the_name_costs_one_query_more(client, django_assert_num_queries, three):
    NamedEmbed.objects.create(name="tariffs", query="look=list")
    read(client, "/embed/?look=list")
    forget()
    with django_assert_num_queries(3):
        client.get("/embed/?look=list")
    with django_assert_num_queries(4):
        client.get("/embed/tariffs/")
