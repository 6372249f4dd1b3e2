"""The page that shares a selection: every address keeps it, and what is copied is what is shown."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from tests.elements import Elements, read
from tests.factory import ago, published
from tests.kept import forget
from timeline.formats.registry import FORMATS
from timeline.scene.sharing import element, frame
from timeline.views import share
from timeline.views.asked import ask
from tracker.query import Query

SITE = "http://127.0.0.1:8000"
THEN = datetime(2025, 12, 1, tzinfo=UTC)
WAY = re.compile(r'<code id="way-([a-z-]+)">(.*?)</code>')


def ways(page: str) -> dict[str, str]:
    """The addresses that the page offers, by name."""
    return {name: html.unescape(address) for name, address in WAY.findall(page)}


def asked_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def code(page: str, name: str) -> str:
    found = Elements(page)
    return next(found.texts[i] for i, (_tag, attrs) in enumerate(found.found) if attrs.get("id") == f"code-{name}")


@pytest.mark.django_db
def test_every_format_of_the_registry_is_offered_and_every_address_is_one_of_this_site(client):
    published("one")
    found = ways(read(client, "/share/"))
    others = {"page", "permanent", "embed", "oembed", "webcal", "atom", "feed", "changes-atom", "changes-feed", "api"}
    assert set(found) == set(FORMATS) | others
    assert {address.partition("//")[2].partition("/")[0] for address in found.values()} == {"127.0.0.1:8000"}
    assert found["webcal"] == "webcal://127.0.0.1:8000/events.ics"
    assert found["oembed"] == f"{SITE}/oembed?url=http%3A%2F%2F127.0.0.1%3A8000%2Fembed%2F&format=json"


@pytest.mark.django_db
def test_every_address_keeps_the_selection_and_the_moment_and_leaves_campaigns_behind(client):
    published("one", since=THEN)
    wanted = {"country": "CA", "from": "2025-01", "as_of": "2025-12-15"}
    query = "country=CA&from=2025-01&as_of=2025-12-15&start=2025-01-01&end=2026-01-01&look=list&utm_source=x&limit=3"
    for name, address in ways(read(client, f"/share/?{query}")).items():
        address = asked_of(address)["url"] if name == "oembed" else address
        found = asked_of(address)
        assert {key: found.get(key) for key in wanted} == wanted, name
        assert ("look" in found) == (name in ("embed", "oembed")), name
        drawn = name in ("page", "permanent", "embed", "oembed") or (name in FORMATS and FORMATS[name].most)
        assert ("start" in found) == bool(drawn), name
        assert "utm_source" not in found


@pytest.mark.django_db
def test_a_pinned_selection_is_shared_pinned_everywhere(client):
    published("one", since=ago(days=2))
    pin = asked_of(ways(read(client, "/share/"))["permanent"])["recorded"]
    page = read(client, f"/share/?recorded={pin}")
    found = ways(page)
    assert {asked_of(asked_of(v)["url"] if k == "oembed" else v).get("recorded") for k, v in found.items()} == {pin}
    assert f'id="pinned" value="{pin}" checked' in page
    assert read(client, "/share/").count(" checked") == 1  # live


@pytest.mark.django_db
def test_the_selection_is_shared_in_another_language_than_that_of_the_page(client):
    published("one", texts=("en", "fr"))
    page = read(client, "/share/?country=CA&in=fr")
    found = ways(page)
    assert found["page"] == f"{SITE}/fr/?country=CA" and found["docx"] == f"{SITE}/fr/events.docx?country=CA"
    assert found["api"] == f"{SITE}/api/v1/events/?country=CA&lang=fr"
    assert 'src="/fr/embed/?country=CA"' in page and 'lang="fr"' in code(page, "element")
    assert '<html lang="en">' in page


@pytest.mark.django_db
def test_the_preview_is_the_frame_that_is_copied(client):
    published("one")
    page = read(client, "/share/?country=CA&look=list&theme=dark&height=450")
    (shown,) = Elements(page).of("iframe")
    (copied,) = Elements(code(page, "frame")).of("iframe")
    assert copied.pop("src") == SITE + shown.pop("src") == f"{SITE}/embed/?country=CA&look=list&theme=dark&height=450"
    assert shown.pop("lang") == "en"
    # A width in percent is how other sites write it; HTML has none, and our own page has a style sheet.
    assert shown | {"width": "100%"} == copied
    assert copied == {
        "title": "USMCA joint review (Canada)",
        "width": "100%",
        "height": "450",
        "loading": "lazy",
        "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox",
    }


@pytest.mark.django_db
def test_the_element_says_the_same_and_holds_a_link_for_whoever_has_no_script(client):
    published("one")
    whole = code(read(client, "/share/?country=CA&look=list&theme=dark&height=450"), "element")
    script, made = whole.split("\n")
    assert script == f'<script src="{SITE}/embed.js" async></script>'
    (attrs,) = Elements(made).of("usmca-timeline")
    assert attrs == {"query": "country=CA", "look": "list", "theme": "dark", "lang": "en", "height": "450"}
    assert Elements(made).links() == [({"href": f"{SITE}/?country=CA"}, "USMCA joint review (Canada)")]


@pytest.mark.django_db
def test_what_cannot_be_read_is_told_beside_its_field_and_the_rest_is_kept(client):
    published("one")
    answer = client.get("/share/?country=CA&height=5&in=de&kind=x&as_of=2999-01-01&look=list&lanes=none&q=tariff")
    page = answer.content.decode()
    assert answer.status_code == 400
    for name in ("height", "in", "kind", "as_of"):
        assert f'id="fault-{name}"' in page and f'aria-describedby="fault-{name}"' in page, name
    assert 'id="height" name="height" value="5"' in page and 'value="2999-01-01"' in page
    assert "<li>lanes: " in page  # it has no field
    assert page.count("<li>lanes: ") == page.count('role="alert"') == 1
    assert ways(page)["csv"] == f"{SITE}/events.csv?country=CA&q=tariff"
    assert '<option value="list" selected>' in page


@pytest.mark.django_db
def test_the_form_alone_repeats_the_selection(client):
    published("one")
    page = read(client, "/share/?country=CA&lanes=kind&order=oldest&event=one&look=list&cursor=")
    form = lxml_html.fromstring(page).get_element_by_id("builder")
    # lxml gives "on" for the radio button whose value is empty: that of a live view.
    sent = [(name, value) for name, value in form.form_values() if value not in ("", "on")]
    assert sorted(sent) == [
        ("country", "CA"),
        ("event", "one"),
        ("lanes", "kind"),
        ("look", "list"),
        ("order", "oldest"),
    ]


@pytest.mark.django_db
def test_documents_say_that_a_selection_is_too_large_for_them(client, monkeypatch):
    published("one")
    published("two")
    assert "hold at most" not in read(client, "/share/")
    monkeypatch.setattr(share, "FORMATS", {name: replace(form, most=form.most and 1) for name, form in FORMATS.items()})
    forget()
    words = "This selection has 2 events. Documents, drawings and the evidence pack hold at most 1"
    assert words in read(client, "/share/")


@pytest.mark.django_db
def test_the_page_asks_few_questions_of_the_database_and_answers_304(client, django_assert_num_queries):
    published("one")
    client.get("/share/")
    with django_assert_num_queries(2):
        answer = client.get("/share/?country=CA")
    assert client.get("/share/?country=CA", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get("/share/?country=CA&in=fr", headers={"If-None-Match": answer["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_head_and_foot_of_every_page_and_the_timeline_lead_to_it(client):
    published("one")
    links = [attrs["href"] for attrs, words in Elements(read(client, "/?country=CA&event=one")).links()]
    assert links.count("/share/") == 1
    assert links.count("/share/?country=CA&event=one") == 2  # under the timeline, and in the foot
    assert "/share/" in [attrs["href"] for attrs, _ in Elements(read(client, "/about/")).links()]


def snippet(query: str) -> tuple[Elements, dict]:
    """The part of the timeline page that offers the embed, and the frame that its code makes."""
    found = Elements(render_to_string("parts/snippet.html", {"asked": ask(QueryDict(query))}))
    made = next(found.texts[i] for i, (tag, _) in enumerate(found.found) if tag == "textarea")
    (shown,) = Elements(made).of("iframe")
    return found, shown


@pytest.mark.django_db
def test_the_code_on_the_timeline_page_is_one_frame_of_the_query_of_now():
    published("one")
    _, shown = snippet("country=CA&q=%22a%3Cb%22&event=one&order=oldest&limit=5&lanes=kind&as_of=2025-12-15")
    assert shown == {
        "src": f"{SITE}/embed/?country=CA&lanes=kind&q=%22a%3Cb%22&as_of=2025-12-15",
        "title": "USMCA joint review (Canada, with “a<b”)",
        "width": "100%",
        "height": "600",
        "loading": "lazy",
        "sandbox": "allow-scripts allow-popups allow-popups-to-escape-sandbox",
    }


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.text(max_size=40))
def test_no_words_break_out_of_the_code(title, words):
    shown = lxml_html.fragment_fromstring(frame(f"{SITE}/embed/?q=1&w=2", title))
    assert (shown.tag, shown.get("title"), shown.get("src")) == ("iframe", title, f"{SITE}/embed/?q=1&w=2")
    made = lxml_html.fragment_fromstring(element(Query(q=words), title, language="en"))
    assert (made.tag, made.text_content(), len(made)) == ("usmca-timeline", title, 1)
    assert dict(parse_qsl(made.get("query") or "")).get("q", "") == words
