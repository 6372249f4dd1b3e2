"""The desk's pages of sharing: named embeds, webhooks, their secret, deliveries; what is kept, refused, logged."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.admin_form import errors, fields_of
from tests.factory import event, published
from tests.signing import member, signed_in
from tests.timeline.test_webhooks import receiving
from timeline.views.framing import site_of
from tracker.admin.sharing.webhooks import WebhookAdmin
from tracker.models import LogRow
from tracker.models.sharing import Delivery, NamedEmbed, Webhook
from tracker.sharing import Purpose, Unreadable, read_query, read_sites
from tracker.sources.connecting import Network
from tracker.vocabulary import Role
from tracker.webhooks.signing import headers

EMBEDS, HOOKS, DELIVERIES = "/admin/tracker/namedembed/", "/admin/tracker/webhook/", "/admin/tracker/delivery/"
NOW = datetime(2026, 7, 2, 12, tzinfo=UTC)
ADDRESS = "https://receiver.example.org/hook"
HOOK = {"address": ADDRESS, "language": "en", "active": "on"}
db = pytest.mark.django_db


def embed_post(**fields) -> dict:
    return {"name": "tariffs", "query": "", "hosts": "", "note": "", "active": "on"} | fields


def page_of(made) -> str:
    return f"/admin/tracker/{made._meta.model_name}/{made.pk}/change/"


def log() -> list[tuple[str, str, list]]:
    return [(row.action, row.title, row.changes) for row in LogRow.objects.order_by("id")]


def delivery(hook: Webhook, row: int, state: str = "given-up", **fields) -> Delivery:
    return Delivery.objects.create(
        webhook=hook, **{"row": row, "event": row, "queued_at": NOW, "state": state} | fields
    )


# Queries


@db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("?country=mx,CA", "country=CA,MX"),
        ("topic=tariffs&country=only:ca-us&q=steel tariffs", "country=only:CA-US&topic=tariffs&q=steel+tariffs"),
        ("look=list&theme=dark&height=700&limit=5", "limit=5&look=list&theme=dark&height=700"),
        ("http://testserver/es/?country=MX&utm_source=letter&cursor=1#x", "country=MX"),
        ("testserver/embed/?look=next&since=2026-01-01", "look=next"),
        ("/fr/?kind=hearing", "kind=hearing"),
        ("webcal://testserver/events.ics?status=cancelled", "status=cancelled"),
        ("http://testserver/es/events/one/?country=MX", "country=MX&event=one"),
        ("http://testserver/", ""),
    ],
)
def test_a_query_or_the_address_of_a_page_is_kept_in_its_one_spelling(typed, kept):
    published("one", topic="tariffs")
    now = datetime.now(UTC)
    assert read_query(typed, Purpose.EMBED, now) == read_query(kept, Purpose.EMBED, now) == kept


@db
@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("contry=MX", "“contry” means nothing here; allowed: country, kind,"),
        ("Mexico", "“Mexico” means nothing here"),
        ("change=new", "“change” means nothing here"),
        ("country=XX", 'country: "XX" is not known; allowed: CA, US, MX'),
        ("topic=none", 'topic: "none" is not known'),
        ("as_of=2026-07-09", 'as_of: "2026-07-09" is not allowed; allowed: a day up to tomorrow, 2026-07-03'),
        ("a" * 2001, "This query is too long: at most 2000 signs."),
        ("&" * 900, "This query is too long"),
        ("https://elsewhere.example/?country=MX", "no address of a page of this site"),
        ("http://testserver/nowhere/?country=MX", "no address of a page of this site"),
        ("https://[half/?country=MX", "no address of a page of this site"),
        ("http://testserver/fr/embed/tariffs/", "the address of a named embed"),
    ],
)
def test_a_query_that_cannot_be_read_is_refused_in_words(typed, fault):
    with pytest.raises(Unreadable) as refused:
        read_query(typed, Purpose.EMBED, NOW)
    assert len(refused.value.faults) == 1 and fault in refused.value.faults[0]


@db
def test_a_webhook_keeps_filters_alone_and_is_of_no_single_event():
    pasted = "http://testserver/changes/?change=new&country=MX&since=2026-01-01&look=list"
    assert read_query(pasted, Purpose.WEBHOOK, NOW) == "country=MX&change=new"
    for typed, fault in (("look=list", "“look” means nothing here"), ("/events/one/", "the page of one event")):
        with pytest.raises(Unreadable, match=fault):
            read_query(typed, Purpose.WEBHOOK, NOW)


@db
@given(
    st.lists(st.sampled_from(["country=", "MX", "&", "?", "/", "https://", "testserver", "[", "%ff", "%00", "#", ":"]))
    | st.text(max_size=30).map(list)
)
def test_whatever_is_typed_as_a_query_is_kept_or_refused(parts):
    try:
        kept = read_query("".join(parts), Purpose.EMBED, NOW)
    except Unreadable as error:
        assert error.faults
        return
    assert read_query(kept, Purpose.EMBED, NOW) == kept


# Sites


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Example.ORG", "https://example.org"),
        ("example.org/", "https://example.org"),
        ("https://*.example.org:8443", "https://*.example.org:8443"),
        ("https://example.org:443", "https://example.org"),
        ("https://economía.example.mx", "https://xn--economa-dza.example.mx"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_a_site_is_kept_as_a_policy_takes_it(typed, kept):
    assert read_sites(f"\n {typed} \r\n{typed}\n", local=True) == [kept]


@pytest.mark.parametrize(
    "typed",
    [
        *("http://example.org", "ftp://example.org", "javascript://example.org", "https://example.org/news"),
        *(
            "https://example.org?x",
            "https://example.org#x",
            "https://me@example.org",
            "https://*",
            "*",
            "https://*.org",
        ),
        *("https://a.*.example.org", "https://intranet", "https://10.0.0.1", "https://[::1]", "https://example.org:0"),
        *("https://example.org:99999", "https://example.org:", "https://-a.example.org", "https://a b.example.org"),
        *("https://example.org; script-src *", "'self'", "https://straße.example", "https://", "//example.org"),
        *("http://localhost:8000", "https://127.0.0.1", f"https://{'a.' * 125}example.org"),
    ],
)
def test_what_is_no_site_is_refused_with_what_is_allowed(typed):
    with pytest.raises(Unreadable) as refused:
        read_sites(f"https://example.org\n{typed}", local=False)
    assert len(refused.value.faults) == 1 and refused.value.faults[0].startswith(f"“{typed[:80]}”: ")


def test_more_sites_than_a_header_holds_are_refused():
    with pytest.raises(Unreadable, match="at most 100 sites"):
        read_sites("\n".join(f"a{number}.example.org" for number in range(101)), local=False)


@given(st.lists(st.text("aB-.*:/@[] ;'ü0߀\n", max_size=20) | st.from_regex(r"(https://)?(\*\.)?[a-z]{1,5}\.org")))
@example(["https://A.org", "https://a.org:443/"])
def test_whatever_is_typed_only_sites_that_a_policy_takes_come_out(lines):
    try:
        sites = read_sites("\n".join(lines), local=True)
    except Unreadable as error:
        assert error.faults and all("\n" not in fault for fault in error.faults)
        return
    assert [site_of(site) for site in sites] == sites == read_sites("\n".join(sites), local=True)


# Named embeds


@db
def test_an_embed_is_made_shown_changed_and_logged(desk):
    posted = embed_post(name="Tariffs", query="http://testserver/es/?country=MX&utm_source=x", hosts="Example.org")
    assert desk.post(f"{EMBEDS}add/", posted).status_code == 302
    made = NamedEmbed.objects.get()
    assert (made.name, made.query, made.hosts, made.version) == ("tariffs", "country=MX", ["https://example.org"], 1)
    page = desk.get(page_of(made)).content.decode()
    for path in ("/embed/tariffs/", "/es/embed/tariffs/", "/fr/embed/tariffs/"):
        assert f'<a href="{path}" target="_blank">' in page
        assert f"&lt;iframe src=&quot;http://127.0.0.1:8000{path}&quot;" in page
    answer = desk.get("/es/embed/tariffs/")
    assert "frame-ancestors https://example.org" in answer.headers["Content-Security-Policy"]
    sent = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), sent).status_code == 302
    made.refresh_from_db()
    assert made.version == 1
    assert desk.post(page_of(made), sent | {"hosts": "https://*.example.org"}).status_code == 302
    made.refresh_from_db()
    assert (made.hosts, made.version, made.changed_by.username) == (["https://*.example.org"], 2, "boss")
    added, changed = log()
    assert added[:2] == ("added", "tariffs")
    old, new = ["https://example.org"], ["https://*.example.org"]
    assert changed == ("changed", "tariffs", [{"field": "hosts", "old": old, "new": new}])


@db
def test_what_is_refused_names_its_field_and_loses_nothing(desk):
    posted = embed_post(
        name="no name", query="contry=MX&kind=x", hosts="https://a.example\nhttp://b.example", note="Why"
    )
    response = desk.post(f"{EMBEDS}add/", posted)
    assert (response.status_code, NamedEmbed.objects.count()) == (200, 0)
    assert set(response.context["adminform"].form.errors) == {"name", "query", "hosts"}
    said = errors(response)
    assert "“contry” means nothing here" in said and 'kind: "x" is not known' in said
    assert "“http://b.example”: a site begins with https://" in said and "a.example" not in said
    kept = fields_of(response)
    assert {name: kept[name] for name in posted} == posted


@db
def test_a_save_over_another_one_is_merged_and_one_of_the_same_field_asked(desk):
    made = NamedEmbed.objects.create(name="tariffs", hosts=["https://a.example"])
    mine = fields_of(desk.get(page_of(made)))
    other = signed_in(member(Role.EDITOR))
    theirs = fields_of(other.get(page_of(made))) | {"hosts": "https://b.example", "note": "Theirs"}
    assert other.post(page_of(made), theirs).status_code == 302
    response = desk.post(page_of(made), mine | {"hosts": "https://c.example", "query": "country=MX"})
    assert "saved this at" in errors(response)
    merged = fields_of(response)
    assert (merged["query"], merged["note"], merged["hosts"]) == ("country=MX", "Theirs", "https://c.example")
    made.refresh_from_db()
    assert (made.version, made.query, made.hosts) == (2, "", ["https://b.example"])


@db
def test_who_deletes_an_embed_is_told_what_its_pages_will_show(desk):
    made, other = NamedEmbed.objects.create(name="one"), NamedEmbed.objects.create(name="two")
    asked = desk.get(f"{EMBEDS}{made.pk}/delete/")
    several = desk.post(EMBEDS, {"action": "delete_unchanged", "_selected_action": [made.pk, other.pk]})
    for page in (asked, several):
        assert "Pages that show it will say that it is not to be found." in page.content.decode()
    assert desk.post(f"{EMBEDS}{made.pk}/delete/", fields_of(asked)).status_code == 302
    # One of the two is gone meanwhile, and the other as it was shown.
    assert desk.post(EMBEDS, fields_of(several) | {"_selected_action": [other.pk]}).status_code == 302
    assert [NamedEmbed.objects.count(), *(row[:2] for row in log())] == [0, ("deleted", "one"), ("deleted", "two")]


# Webhooks


@db
def test_the_secret_of_a_new_webhook_is_shown_once_and_never_logged(desk):
    shown = desk.post(f"{HOOKS}add/", HOOK | {"query": "country=mx"}, follow=True)
    made = Webhook.objects.get()
    assert (made.query, fields_of(desk.get(page_of(made)))["address"]) == ("country=MX", ADDRESS)
    assert shown.content.decode().count(made.secret) == 1
    assert "no-store" in shown.headers["Cache-Control"]
    for page in (
        HOOKS,
        page_of(made),
        f"{HOOKS}{made.pk}/secret/",
        f"{HOOKS}{made.pk}/history/",
        "/admin/tracker/logrow/",
    ):
        assert made.secret[6:] not in desk.get(page).content.decode()
    assert made.secret not in json.dumps(log())


@db
def test_a_new_secret_is_a_deed_of_its_own_refused_if_the_webhook_changed_meanwhile(desk):
    made = Webhook.objects.create(address=ADDRESS)
    page = f"{HOOKS}{made.pk}/secret/"
    asked = fields_of(desk.get(page))
    answer = desk.post(page, asked, follow=True)
    new = Webhook.objects.get()
    assert (new.secret != made.secret, new.version, new.changed_by.username) == (True, 2, "boss")
    assert new.secret in answer.content.decode() and new.secret not in desk.get(page).content.decode()
    assert "was changed meanwhile" in desk.post(page, asked, follow=True).content.decode()
    assert Webhook.objects.get().secret == new.secret
    assert log() == [("changed", ADDRESS, [{"field": "new secret", "old": None, "new": "made"}])]
    assert "New secret" in desk.get("/admin/tracker/logrow/").content.decode()


@db
@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("ftp://receiver.example.org/", "begins with https://"),
        ("https://10.0.0.1/hook", "private network"),
        ("https://user:word@receiver.example.org/", "name or password"),
        ("https://receiver.example.org:6379/", "write the address without a port"),
        ("http://receiver.example.org/hook", "write an address that begins with https://"),
    ],
)
def test_an_address_that_messages_never_reach_is_refused(desk, settings, address, fault):
    settings.PRODUCTION = True
    response = desk.post(f"{HOOKS}add/", HOOK | {"address": address, "query": "country=XX"})
    assert fault in errors(response) and 'country: "XX" is not known' in errors(response)
    assert (fields_of(response)["address"], Webhook.objects.count()) == (address, 0)


@db
def test_a_test_message_is_signed_and_its_answer_told(desk, monkeypatch):
    with receiving() as receiver:
        monkeypatch.setattr(WebhookAdmin, "network", receiver.network)
        made = receiver.hook(query="country=MX", language="es")
        receiver.statuses = [200, 503]
        said = [desk.post(f"{HOOKS}{made.pk}/test/", follow=True).content.decode()]
        raw = receiver.raw
        said.append(desk.post(f"{HOOKS}{made.pk}/test/", follow=True).content.decode())
    got, body = receiver.got[0]
    assert (body["type"], body["data"]) == ("test", {"query": "country=MX", "language": "es"})
    message, second = got["webhook-id"], int(got["webhook-timestamp"])
    signed = headers(made.secret, message=message, second=second, body=raw)
    assert (message, signed["webhook-signature"]) == (f"msg_{made.pk}_test_{second}", got["webhook-signature"])
    assert "The test message was taken: the answer was 200." in said[0]
    assert "The test message was not taken: the answer was 503." in said[1]
    assert not Delivery.objects.exists()


@db
def test_a_test_message_never_goes_into_a_private_network(desk, monkeypatch):
    made = Webhook.objects.create(address=ADDRESS)
    monkeypatch.setattr(WebhookAdmin, "network", Network(resolve=lambda *_: ["10.1.2.3"]))
    answer = desk.post(f"{HOOKS}{made.pk}/test/", follow=True).content.decode()
    assert "The test message was not taken: it leads into a private network." in answer


@db
def test_what_was_switched_off_is_switched_on_again_and_a_page_opened_before_loses_nothing(desk):
    made = Webhook.objects.create(address=ADDRESS)
    before = fields_of(desk.get(page_of(made)))
    Webhook.objects.update(active=False, version=2)
    merged = desk.post(page_of(made), before | {"note": "Mine"})
    assert "saved this at" in errors(merged) and "It is not in use" in merged.content.decode()
    assert desk.post(page_of(made), fields_of(merged) | {"active": "on"}).status_code == 302
    made.refresh_from_db()
    assert (made.active, made.note, made.version) == (True, "Mine", 3)


@db
def test_the_last_deliveries_stand_on_the_page_of_a_webhook(desk, django_assert_max_num_queries):
    made, one = Webhook.objects.create(address=ADDRESS), event("one")
    for number in range(25):
        delivery(made, 1000 + number, queued_at=NOW + timedelta(minutes=number))
    delivery(made, 1, event=one.pk, answered=503, attempts=7, queued_at=NOW + timedelta(days=1))
    with django_assert_max_num_queries(16):
        told = desk.get(page_of(made)).context["told"]
    assert (len(told), told[0].event, told[0].answer) == (20, "Title of one", "503")
    assert (told[1].event, told[1].url) == ("Event 1024", "")


@db
def test_a_webhook_is_deleted_with_its_deliveries(desk):
    made = Webhook.objects.create(address=ADDRESS)
    delivery(made, 1)
    asked = desk.get(f"{HOOKS}{made.pk}/delete/")
    assert desk.post(f"{HOOKS}{made.pk}/delete/", fields_of(asked)).status_code == 302
    assert (Webhook.objects.count(), Delivery.objects.count()) == (0, 0)
    assert [row[:2] for row in log()] == [("deleted", ADDRESS)]


@db
def test_a_secret_is_not_guessed_by_filtering(desk):
    made = Webhook.objects.create(address=ADDRESS)
    delivery(made, 1)
    for address in (f"{HOOKS}?secret__startswith=whsec_", f"{DELIVERIES}?webhook__secret__startswith=whsec_"):
        assert desk.get(address).status_code == 400


# Deliveries


@db
def test_deliveries_are_filtered_searched_and_tried_again(desk):
    hook, off = Webhook.objects.create(address=ADDRESS), Webhook.objects.create(address="https://b.org/", active=False)
    taken = delivery(hook, 1, "taken", attempts=1)
    given_up = delivery(hook, 2, attempts=7, answered=500)
    later = delivery(off, 3, "waiting", attempts=2, next_at=NOW + timedelta(days=400))

    def listed(**query) -> set[int]:
        return {row.pk for row in desk.get(DELIVERIES, query).context["cl"].result_list}

    assert listed(state="given-up") == {given_up.pk}
    assert listed(state="nonsense") == set()
    assert listed(q="RECEIVER") == {taken.pk, given_up.pk}
    assert listed(webhook__id__exact=off.pk) == {later.pk}
    chosen = {"action": "try_again", "_selected_action": [taken.pk, given_up.pk, later.pk]}
    answer = desk.post(DELIVERIES, chosen, follow=True).content.decode()
    assert "2 deliveries are tried again at the next run of the sender." in answer
    assert "Not in use, so that nothing is sent until it is switched on: https://b.org/" in answer
    again = {row.pk: (row.state, row.attempts) for row in Delivery.objects.all()}
    assert again == {taken.pk: ("taken", 1), given_up.pk: ("waiting", 7), later.pk: ("waiting", 2)}
    assert set(Delivery.objects.due(datetime.now(UTC))) == {given_up}
    tried = [{"field": "tried again", "old": None, "new": 1}]
    assert sorted(log()) == sorted([("changed", hook.address, tried), ("changed", off.address, tried)])


# Who sees what


@db
def test_the_log_tells_each_role_only_of_what_it_may_see(desk):
    desk.post(f"{EMBEDS}add/", embed_post())
    desk.post(f"{HOOKS}add/", HOOK)
    seen = {}
    for role in Role:
        page = signed_in(member(role)).get("/admin/tracker/logrow/")
        types = {row.type for row in page.context["cl"].result_list}
        offered = {name for name in ("namedembed", "webhook") if f"?type={name}" in page.content.decode()}
        assert offered == types
        seen[role] = types
    both = {"namedembed", "webhook"}
    assert seen == {Role.AUTHOR: set(), Role.EDITOR: {"namedembed"}, Role.ADMINISTRATOR: both}
