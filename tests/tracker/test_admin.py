"""The desk's lists and pages: what they find, what they cost, whom they let in, and that reading writes nothing."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.dates import WEEKDAYS

from tests.admin_form import errors, event_post, fields_of, page_of
from tests.factory import change, cite, event, retitle
from tests.signing import signed_in
from tracker import date_faults
from tracker.date_reading import Reason, Unread
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.labels import CHANGES
from tracker.models import Actor, Event, Link, LogRow, Place, Revision, Rule, Source, Topic, User
from tracker.publishing import publish
from tracker.vocabulary import ChangeClass

pytestmark = pytest.mark.django_db
LIST = "/admin/tracker/event/"
ADD = "/admin/tracker/event/add/"


def test_the_list_costs_the_same_for_one_event_and_for_three(desk):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(LIST).status_code == 200
        return len(queries)

    publish(event("one", texts=("en", "es", "fr")))
    desk.get(LIST)
    one = cost()
    publish(event("two", sources=3))
    event("three", texts=())
    assert cost() == one


def listed(desk, **query) -> list[str]:
    """The slugs of the events in the list, by their links."""
    ids = re.findall(
        r'<th class="field-title"><a href="/admin/tracker/event/(\d+)/', desk.get(LIST, query).content.decode()
    )
    return sorted(Event.objects.get(pk=pk).slug for pk in ids)


def test_the_list_is_filtered_by_state_country_language_and_stage(desk):
    publish(event("public", texts=("en", "es", "fr")))
    changed = event("changed", countries=["MX"], texts=("en", "es", "fr"))
    publish(changed)
    change(Event.objects.get(pk=changed.pk), stage="draft")
    event("waiting", stage="review", status="expected", kind="hearing")
    assert listed(desk, state="published") == ["changed", "public"]
    assert listed(desk, state="changed") == ["changed"]
    assert listed(desk, state="draft") == []
    assert listed(desk, state="review") == ["waiting"]
    assert listed(desk, country="MX") == ["changed"]
    assert listed(desk, fr="missing") == ["waiting"]
    assert listed(desk, stage__exact="review") == ["waiting"]
    assert listed(desk, status__exact="expected") == ["waiting"]
    assert listed(desk, kind__exact="hearing") == ["waiting"]


def test_the_list_is_searched_by_title_slug_actor_and_source(desk):
    made = event("found", texts=("en", "fr"), title="Réunion of ministers")
    made.participations.create(actor=Actor.objects.create(slug="x", name_en="Ebrard"))
    cite(made, "https://example.org/rare", publisher="Rare Gazette")
    event("other")
    for words in ("réunion", "(fr)", "found", "ebrard", "rare gazette", "example.org/rare"):
        assert listed(desk, q=words) == ["found"], words


def test_an_event_on_the_record_cannot_be_deleted(desk):
    made = event()
    address = reverse("admin:tracker_event_delete", args=[made.pk])
    assert desk.get(address).status_code == 200
    publish(made)
    assert desk.post(address, {"post": "yes"}).status_code == 403
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [made.pk], "post": "yes"})
    assert Event.objects.filter(pk=made.pk).exists()


def test_an_event_is_found_by_its_title_wherever_it_is_chosen(desk):
    made = event("target", title="Target of a link")
    query = {"app_label": "tracker", "model_name": "link", "field_name": "to", "term": "target"}
    assert desk.get("/admin/autocomplete/", query).json()["results"] == [
        {"id": str(made.pk), "text": "Target of a link"}
    ]
    other = event("other")
    Link.objects.create(event=other, type="follows", to=made)
    assert "Target of a link" in desk.get(page_of(other)).content.decode()


def test_the_form_shows_the_statements_of_its_event(desk, boss):
    made = event(title="One")
    publish(made, by=boss)
    publish(retitle(made, "Two"), by=boss, reason="Wording of the agency.")
    shown = desk.get(page_of(made)).content.decode()
    table = shown[shown.index("History of statements") :]
    assert (
        table.count("Wording of the agency."),
        table.count(f"<td>{CHANGES[ChangeClass.WORDING]}</td>"),
        "boss" in table,
    ) == (1, 1, True)


def test_the_first_page_counts_and_lists_what_is_in_review(desk):
    publish(event("public"))
    made = event("waiting", title="Waits for review", stage="review")
    shown = desk.get("/admin/").content.decode()
    assert "<b>1</b> published" in shown
    assert "<b>1</b> in review" in shown
    assert f'<a href="{page_of(made)}">Waits for review</a>' in shown


def test_the_desk_speaks_the_language_of_the_user(desk, boss):
    User.objects.filter(pk=boss.pk).update(language="fr")
    shown = desk.get("/admin/").content.decode()
    day = datetime.now(ZoneInfo("America/New_York")).date()
    with translation.override("fr"):
        today = f"{WEEKDAYS[day.weekday()]} {in_words(parse(day.isoformat()), 'fr')}"
    assert '<html lang="fr"' in shown
    assert f"<h1>{today}</h1>" in shown
    assert "Tracker</a>" not in shown


def test_a_bad_date_is_told_in_the_language_of_the_user(desk, boss):
    User.objects.filter(pk=boss.pk).update(language="es")
    response = desk.post(ADD, event_post(slug="a", date="31 de junio de 2026"))
    with translation.override("es"):
        assert date_faults.in_words(Unread(Reason.NOT_IN_CALENDAR, "31 de junio de 2026")) in errors(response)


def test_no_page_of_the_desk_has_inline_style_or_script(desk):
    made = event()
    publish(made)
    pages = ["/admin/", LIST, ADD, page_of(made), "/admin/tracker/source/add/", "/admin/tracker/user/add/"]
    pages += [f"/admin/tracker/event/{made.pk}/{deed}/" for deed in ("publish", "schedule", "unschedule", "retract")]
    for address in pages:
        response = desk.get(address)
        shown = response.content.decode()
        assert response.status_code == 200, address
        assert not re.findall(
            r'\sstyle="|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")|\son\w+="', shown
        ), address


def test_reading_the_desk_writes_nothing(desk):
    made = event()
    publish(made)
    before = [list(model.objects.order_by("pk").values()) for model in (Event, Revision, LogRow)]
    for address in ("/admin/", LIST, ADD, page_of(made), f"{LIST}{made.pk}/publish/", f"{LIST}{made.pk}/retract/"):
        assert desk.get(address).status_code == 200
    assert [list(model.objects.order_by("pk").values()) for model in (Event, Revision, LogRow)] == before


def test_lists_and_forms_of_everything_else_open(desk):
    source = Source.objects.create(publisher="Example Gazette", url="https://example.org/a", tier="primary")
    for model in (Place, Topic, Actor):
        row = model.objects.create(slug="row", name_en="Row", name_fr="Rangée")
        name = model._meta.model_name
        assert desk.get(f"/admin/tracker/{name}/", {"q": "rang"}).status_code == 200
        assert "Rangée" in desk.get(f"/admin/tracker/{name}/{row.pk}/change/").content.decode()
    assert desk.get("/admin/tracker/source/", {"q": "gazette"}).status_code == 200
    assert desk.get(f"/admin/tracker/source/{source.pk}/change/").status_code == 200


def test_a_topic_on_the_record_keeps_its_slug(desk):
    publish(event(topic="autos"))
    topic = Topic.objects.get(slug="autos")
    address = f"/admin/tracker/topic/{topic.pk}/change/"
    desk.post(address, fields_of(desk.get(address)) | {"name_en": "Cars", "slug": "cars"})
    topic.refresh_from_db()
    assert (topic.slug, topic.name_en) == ("autos", "Cars")


def test_a_rule_remembers_who_checked_it(desk, boss):
    rule = Rule.objects.create(
        slug="a-rule", citation_en="Art. 1", summary_en="In short.", address="https://example.org/law", read="On paper"
    )
    address = f"/admin/tracker/rule/{rule.pk}/change/"
    response = desk.post(address, fields_of(desk.get(address)) | {"checked": "on"})
    assert response.status_code == 302, errors(response)
    rule.refresh_from_db()
    assert (rule.checked, rule.checked_by, rule.checked_on is not None) == (True, boss, True)
    unticked = fields_of(desk.get(address))
    unticked.pop("checked")
    desk.post(address, unticked)
    rule.refresh_from_db()
    assert (rule.checked, rule.checked_by, rule.checked_on) == (False, None, None)
    assert desk.get("/admin/tracker/rule/add/").status_code == 403


def test_a_password_that_somebody_else_made_holds_for_one_sign_in(desk, boss):
    made = {
        "username": "new",
        "usable_password": "true",
        "password1": "quite long enough",
        "password2": "quite long enough",
    }
    response = desk.post("/admin/tracker/user/add/", made | {"language": "es"})
    assert response.status_code == 302, errors(response)
    new = User.objects.get(username="new")
    assert (new.one_time_password, new.language) == (True, "es")
    User.objects.filter(pk=new.pk).update(one_time_password=False)
    again = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}
    assert desk.post(f"/admin/tracker/user/{new.pk}/password/", again | {"set-password": "1"}).status_code == 302
    new.refresh_from_db()
    assert (new.one_time_password, new.check_password("another long one")) == (True, True)
    own = desk.get(f"/admin/tracker/user/{boss.pk}/password/")
    assert (own.status_code, own.url) == (302, "/admin/password_change/")


def test_a_one_time_password_is_not_kept(desk, boss):
    boss.set_password("handed over once")
    boss.one_time_password = True
    boss.save()
    client = signed_in(boss)
    same = {
        "old_password": "handed over once",
        "new_password1": "handed over once",
        "new_password2": "handed over once",
    }
    response = client.post("/admin/password_change/", same)
    assert "Choose another password than the one you have now." in errors(response)
    assert client.get("/admin/").url == "/admin/password_change/"
    own = same | {"new_password1": "a long one of my own", "new_password2": "a long one of my own"}
    assert client.post("/admin/password_change/", own).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_only_administrators_see_the_staff(db):
    staff = User.objects.create_user("staff", password="a long password 1", is_staff=True)
    client = signed_in(staff)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/tracker/user/").status_code == 403
    assert client.get(LIST).status_code == 403
