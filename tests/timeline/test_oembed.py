"""oEmbed 1.0: what a pasted address becomes, what is refused, and what is left of it where a site trusts nobody."""

import re
from urllib.parse import urlencode

import pytest
from defusedxml import ElementTree
from lxml import html as lxml_html

from tests.elements import Elements, read
from tests.factory import ago, published
from tracker.models.sharing import NamedEmbed

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def ask(client, url: str, **more):
    return client.get("/oembed?" + urlencode({"url": url, **more}))


def shown(answer) -> dict:
    (found,) = Elements(answer.json()["html"]).of("iframe")
    return found


def test_a_page_becomes_a_frame_with_all_that_the_specification_asks_for(client):
    published("one")
    answer = ask(client, f"{SITE}/?country=CA&utm_source=x&lanes=kind")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "version": "1.0",
        "type": "rich",
        "title": "USMCA joint review (Canada)",
        "provider_name": "USMCA Joint Review Tracker",
        "provider_url": f"{SITE}/",
        "cache_age": 3600,
        "html": f'<iframe src="{SITE}/embed/?country=CA&amp;lanes=kind" title="USMCA joint review (Canada)" '
        'width="100%" height="600" loading="lazy" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>',
        "width": 720,
        "height": 600,
        "thumbnail_url": f"{SITE}/picture.png?country=CA",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


@pytest.mark.parametrize("language", ["", "/es", "/fr"])
def test_pages_events_and_embeds_of_three_languages_open_in_their_own(client, language):
    published("one", title="Words", texts=("en", "es", "fr"))
    NamedEmbed.objects.create(name="press", query="country=CA")
    expected = {
        f"{language}/": f"{language}/embed/",
        f"{language}/?event=one": f"{language}/embed/?event=one",
        f"{language}/events/one/": f"{language}/embed/?event=one",
        f"{language}/events/one": f"{language}/embed/?event=one",
        f"{language}/events/one/?as_of=2026-10-01": f"{language}/embed/?event=one&as_of=2026-10-01",
        f"{language}/embed/?look=next&theme=dark&height=300": f"{language}/embed/?look=next&theme=dark&height=300",
        f"{language}/embed/press/": f"{language}/embed/press/",
    }
    published("early", since=ago(days=400))
    del expected[f"{language}/events/one/?as_of=2026-10-01"]
    found = {url: shown(ask(client, SITE + url))["src"].removeprefix(SITE) for url in expected}
    assert found == expected
    words = f"Words ({language[1:]})" if language else "Words"
    assert ask(client, f"{SITE}{language}/events/one/").json()["title"].startswith(f"{words} · ")
    assert ask(client, f"{SITE}{language}/").headers["Content-Language"] == "en"


def test_an_event_as_it_was_known_on_a_day_opens_as_of_that_day(client):
    published("early", since=ago(days=400))
    day = ago(days=30).date().isoformat()
    answer = ask(client, f"{SITE}/events/early/?as_of={day}&country=CA")
    assert shown(answer)["src"] == f"{SITE}/embed/?event=early&as_of={day}"
    assert answer.json()["thumbnail_url"] == f"{SITE}/events/early/picture.png?as_of={day}"


def test_it_keeps_to_the_room_that_it_is_given(client):
    published("one")
    found = ask(client, f"{SITE}/embed/?height=900", maxwidth=500, maxheight=400).json()
    assert (found["width"], found["height"]) == (500, 400)
    (made,) = Elements(found["html"]).of("iframe")
    assert (made["width"], made["height"]) == ("500", "400")
    assert "thumbnail_url" not in found  # the specification binds the picture to the same room
    found = ask(client, f"{SITE}/embed/?height=900", maxwidth=2000).json()
    assert (found["width"], found["height"], found["thumbnail_width"]) == (720, 900, 1200)


def test_xml_holds_the_same_values(client):
    published("one")
    values = ask(client, f"{SITE}/?q=%22a%3Cb%22").json()
    answer = ask(client, f"{SITE}/?q=%22a%3Cb%22", format="xml")
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "oembed"
    assert {part.tag: part.text for part in root} == {name: str(value) for name, value in values.items()}


REFUSED = [
    ("https://example.org/", "foreign"),
    (f"{SITE}.example.org/", "foreign that begins alike"),
    (f"{SITE}@example.org/", "foreign behind a name"),
    ("javascript:alert(1)", "no address of the web"),
    ("http://[::1", "no address at all"),
    (f"{SITE}/events/none/", "no such event"),
    (f"{SITE}/about/", "a page that is not embedded"),
    (f"{SITE}/none", "no page"),
    (f"{SITE}/de/", "no language"),
    (f"{SITE}/?country=XX", "a bad query"),
    (f"{SITE}/?as_of=2999-01-01", "a day to come"),
    (f"{SITE}/embed/none/", "no such embed"),
    (f"{SITE}/embed/off/", "an embed out of use"),
]


def test_what_cannot_be_embedded_is_not_found_as_a_problem_in_json(client):
    published("one")
    NamedEmbed.objects.create(name="off", active=False)
    for url, why in REFUSED:
        answer = ask(client, url)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json"), why
        assert answer.json()["detail"], why


def test_bad_requests_have_their_own_status(client):
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed").json()["faults"][0]["parameter"] == "url"
    assert ask(client, f"{SITE}/", format="yaml").status_code == 501
    for value in ("0", "-5", "wide", "1e3"):
        answer = ask(client, f"{SITE}/", maxwidth=value)
        assert (answer.status_code, answer.json()["faults"][0]["parameter"]) == (400, "maxwidth"), value
    assert ask(client, f"{SITE}/", lang="de").status_code == 400
    assert client.post("/oembed").status_code == 405
    assert ask(client, f"{SITE}/", dnt="true", whatever="1").status_code == 200
    for twice in ("maxwidth=400&maxwidth=500", f"url={SITE}/es/", "format=json&format=xml"):
        answer = client.get(f"/oembed?url={SITE}/&{twice}")
        assert (answer.status_code, answer.json()["faults"][0]["allowed"]) == (400, "one value"), twice


def test_any_origin_may_ask_on_conditions(client):
    published("one")
    answer = ask(client, f"{SITE}/")
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = client.get("/oembed?" + urlencode({"url": f"{SITE}/"}), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    other = client.get("/oembed?" + urlencode({"url": f"{SITE}/?q=b"}), headers={"If-None-Match": answer["ETag"]})
    assert other.status_code == 200
    named = NamedEmbed.objects.create(name="press")
    answer = ask(client, f"{SITE}/embed/press/")
    NamedEmbed.objects.filter(pk=named.pk).update(active=False, version=2)
    tag = {"If-None-Match": answer["ETag"]}
    assert client.get("/oembed?" + urlencode({"url": f"{SITE}/embed/press/"}), headers=tag).status_code == 404


def test_a_pinned_page_may_be_kept_longer_and_is_shown_pinned(client):
    published("one", since=ago(days=3))
    pin = re.search(r"recorded=([0-9T:.Z-]+)", read(client, "/share/")).group(1)
    found = ask(client, f"{SITE}/?recorded={pin}").json()
    assert found["cache_age"] == 86400
    assert f"/embed/?recorded={pin}" in found["html"]


def test_page_event_and_embed_name_their_own_address_in_the_served_head(client):
    published("one")
    NamedEmbed.objects.create(name="press", query="country=CA")
    for path in ("/?country=CA&event=one", "/fr/events/one/", "/es/embed/?look=list", "/embed/press/"):
        links = Elements(read(client, path)).of("link")
        (found,) = [one for one in links if one.get("type") == "application/json+oembed"]
        assert found["rel"] == "alternate" and found["title"]
        answer = client.get(found["href"].removeprefix(SITE))
        assert answer.status_code == 200, path


@pytest.mark.parametrize("given", ["", "?limit=2", "?country=", "?country=CA&theme="])
def test_another_site_keeps_the_name_and_the_readers_own_words_never_the_desks(client, given):
    published("one")
    NamedEmbed.objects.create(name="press", query="country=MX&look=list&theme=dark")
    links = Elements(read(client, f"/embed/press/{given}")).of("link")
    (found,) = [one["href"] for one in links if one.get("type") == "application/json+oembed"]
    assert shown(client.get(found.removeprefix(SITE)))["src"] == f"{SITE}/embed/press/{given}"


# WordPress 6, wp_filter_oembed_result and wp_filter_oembed_iframe_title_attribute, for a provider that is not on its
# list: these tags with these attributes stay, one frame must be left, and it is put into a sandbox with a secret.
WORDPRESS = {
    "a": {"href"},
    "blockquote": set(),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}


def by_wordpress(code: str, title: str) -> str:
    """The code as WordPress leaves it; empty if it refuses."""
    root = lxml_html.fragment_fromstring(code, create_parent="div")
    for node in list(root.iter())[1:]:
        if node.tag not in WORDPRESS:
            node.drop_tag()
            continue
        for name in set(node.attrib) - WORDPRESS[node.tag]:
            del node.attrib[name]
    frames = root.findall("iframe")
    if len(frames) != 1 or not frames[0].get("src", "").startswith(("http://", "https://")):
        return ""
    frames[0].attrib.update(
        {
            "title": frames[0].get("title") or title,
            "src": frames[0].get("src") + "#?secret=abc123",
            "data-secret": "abc123",
            "class": "wp-embedded-content",
            "sandbox": "allow-scripts",
            "security": "restricted",
        }
    )
    return lxml_html.tostring(frames[0], encoding="unicode")


def test_what_wordpress_leaves_of_it_is_the_same_frame_in_its_own_sandbox(client):
    published("one")
    found = ask(client, f"{SITE}/?q=%22a%3Cb%22&country=CA", maxwidth=600, dnt=1).json()
    (left,) = Elements(by_wordpress(found["html"], found["title"])).of("iframe")
    assert left == {
        "src": f"{SITE}/embed/?country=CA&q=%22a%3Cb%22#?secret=abc123",
        "title": "USMCA joint review (Canada, with “a<b”)",
        "width": "600",
        "height": "600",
        "data-secret": "abc123",
        "class": "wp-embedded-content",
        "sandbox": "allow-scripts",
        "security": "restricted",
    }
