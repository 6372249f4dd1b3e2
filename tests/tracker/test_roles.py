"""The roles against every address of the desk and every act: who is let in, who is refused, and that asking writes
nothing. A new address without a line in the table below is a failure."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.factory import event, published
from tests.signing import PASSWORD, member, signed_in
from tracker.auditing import note
from tracker.models import Actor, Event, EventText, LogRow, Place, Revision, Rule, Source, Topic, User
from tracker.models.sharing import Delivery, NamedEmbed, Webhook
from tracker.roles import PERMISSIONS
from tracker.vocabulary import LogAction, Role

pytestmark = pytest.mark.django_db

# Statuses of GET, then of POST without any field, for: staff without a role, author, editor, administrator, superuser.
# Who is not signed in is sent to the sign-in from everywhere.
TABLE = r"""
admin/                                              200 200 200 200 200 | 200 200 200 200 200
admin/login/                                        302 302 302 302 302 | 302 302 302 302 302
admin/password_change/                              200 200 200 200 200 | 200 200 200 200 200
admin/password_change/done/                         200 200 200 200 200 | 405 405 405 405 405
admin/autocomplete/                                 403 200 200 200 200 | 405 405 405 405 405
admin/jsi18n/                                       200 200 200 200 200 | 405 405 405 405 405
admin/r/<path:content_type_id>/<path:object_id>/    404 404 404 404 404 | 404 404 404 404 404
admin/^(?P<app_label>tracker)/$                     404 200 200 200 200 | 404 200 200 200 200
admin/(?P<url>.*)$                                  404 404 404 404 404 | 404 404 404 404 404

admin/preview/date/                                 403 200 200 200 200 | 405 405 405 405 405
admin/preview/<int:event>/                          403 200 200 200 200 | 405 405 405 405 405
admin/preview/^(?P<event>\d{1,18})/(?P<face>event|timeline|embed)/$  403 200 200 200 200 | 405 405 405 405 405

admin/tracker/event/                                403 200 200 200 200 | 403 200 200 200 200
admin/tracker/event/add/                            403 200 200 200 200 | 403 200 200 200 200
admin/tracker/event/<path:object_id>/               302 302 302 302 302 | 302 302 302 302 302
admin/tracker/event/<path:object_id>/change/        403 200 200 200 200 | 403 200 200 200 200
admin/tracker/event/<path:object_id>/delete/        403 403 200 200 200 | 403 403 302 302 302
admin/tracker/event/<path:object_id>/history/       403 200 200 200 200 | 405 405 405 405 405
admin/tracker/event/<int:event>/publish/            403 403 200 200 200 | 403 403 200 200 200
admin/tracker/event/<int:event>/schedule/           403 403 200 200 200 | 403 403 200 200 200
admin/tracker/event/<int:event>/unschedule/         403 403 200 200 200 | 403 403 200 200 200
admin/tracker/event/<int:event>/correct/            403 403 200 200 200 | 403 403 200 200 200
admin/tracker/event/<int:event>/retract/            403 403 200 200 200 | 403 403 200 200 200
admin/tracker/event/bulk/to-review/                 403 302 302 302 302 | 403 302 302 302 302
admin/tracker/event/bulk/to-draft/                  403 302 302 302 302 | 403 302 302 302 302
admin/tracker/event/bulk/review-es/                 403 403 302 302 302 | 403 403 302 302 302
admin/tracker/event/bulk/review-fr/                 403 403 302 302 302 | 403 403 302 302 302
admin/tracker/event/bulk/delete/                    403 403 302 302 302 | 403 403 302 302 302
admin/tracker/event/similar/                        403 200 200 200 200 | 405 405 405 405 405
admin/tracker/event/import/                         403 403 200 200 200 | 403 403 200 200 200
admin/tracker/event/import/<int:batch>/             403 403 404 404 404 | 403 403 404 404 404
admin/tracker/event/import/<int:batch>/step/        405 405 405 405 405 | 403 403 404 404 404
admin/tracker/event/import/<int:batch>/choose/      405 405 405 405 405 | 403 403 404 404 404
admin/tracker/event/import/<int:batch>/confirm/     405 405 405 405 405 | 403 403 404 404 404
admin/tracker/event/import/<int:batch>/written/     403 403 404 404 404 | 405 405 405 405 405
admin/tracker/event/import/<int:batch>/again/       405 405 405 405 405 | 403 403 404 404 404
admin/tracker/event/import/<int:batch>/discard/     405 405 405 405 405 | 403 403 404 404 404
admin/tracker/event/export/                         403 200 200 200 200 | 403 200 200 200 200

admin/tracker/source/                               403 200 200 200 200 | 403 200 200 200 200
admin/tracker/source/add/                           403 200 200 200 200 | 403 200 200 200 200
admin/tracker/source/<path:object_id>/              302 302 302 302 302 | 302 302 302 302 302
admin/tracker/source/<path:object_id>/change/       403 200 200 200 200 | 403 200 200 200 200
admin/tracker/source/<path:object_id>/delete/       403 403 200 200 200 | 403 403 302 302 302
admin/tracker/source/<path:object_id>/history/      403 200 200 200 200 | 405 405 405 405 405
admin/tracker/source/<int:source>/check/            405 405 405 405 405 | 403 302 302 302 302
admin/tracker/source/asked/                         403 200 200 200 200 | 405 405 405 405 405

admin/tracker/actor/                                403 200 200 200 200 | 403 200 200 200 200
admin/tracker/actor/add/                            403 200 200 200 200 | 403 200 200 200 200
admin/tracker/actor/<path:object_id>/               302 302 302 302 302 | 302 302 302 302 302
admin/tracker/actor/<path:object_id>/change/        403 200 200 200 200 | 403 200 200 200 200
admin/tracker/actor/<path:object_id>/delete/        403 403 200 200 200 | 403 403 302 302 302
admin/tracker/actor/<path:object_id>/history/       403 200 200 200 200 | 405 405 405 405 405

admin/tracker/place/                                403 200 200 200 200 | 403 200 200 200 200
admin/tracker/place/add/                            403 200 200 200 200 | 403 200 200 200 200
admin/tracker/place/<path:object_id>/               302 302 302 302 302 | 302 302 302 302 302
admin/tracker/place/<path:object_id>/change/        403 200 200 200 200 | 403 200 200 200 200
admin/tracker/place/<path:object_id>/delete/        403 403 200 200 200 | 403 403 302 302 302
admin/tracker/place/<path:object_id>/history/       403 200 200 200 200 | 405 405 405 405 405

admin/tracker/topic/                                403 200 200 200 200 | 403 200 200 200 200
admin/tracker/topic/add/                            403 403 200 200 200 | 403 403 200 200 200
admin/tracker/topic/<path:object_id>/               302 302 302 302 302 | 302 302 302 302 302
admin/tracker/topic/<path:object_id>/change/        403 200 200 200 200 | 403 403 200 200 200
admin/tracker/topic/<path:object_id>/delete/        403 403 200 200 200 | 403 403 302 302 302
admin/tracker/topic/<path:object_id>/history/       403 200 200 200 200 | 405 405 405 405 405

admin/tracker/rule/                                 403 200 200 200 200 | 403 200 200 200 200
admin/tracker/rule/add/                             403 403 403 403 403 | 403 403 403 403 403
admin/tracker/rule/<path:object_id>/                302 302 302 302 302 | 302 302 302 302 302
admin/tracker/rule/<path:object_id>/change/         403 200 200 200 200 | 403 403 200 200 200
admin/tracker/rule/<path:object_id>/delete/         403 403 403 403 403 | 403 403 403 403 403
admin/tracker/rule/<path:object_id>/history/        403 200 200 200 200 | 405 405 405 405 405

admin/tracker/namedembed/                           403 403 200 200 200 | 403 403 200 200 200
admin/tracker/namedembed/add/                       403 403 200 200 200 | 403 403 200 200 200
admin/tracker/namedembed/<path:object_id>/          302 302 302 302 302 | 302 302 302 302 302
admin/tracker/namedembed/<path:object_id>/change/   403 403 200 200 200 | 403 403 200 200 200
admin/tracker/namedembed/<path:object_id>/delete/   403 403 200 200 200 | 403 403 302 302 302
admin/tracker/namedembed/<path:object_id>/history/  403 403 200 200 200 | 405 405 405 405 405

admin/tracker/webhook/                              403 403 403 200 200 | 403 403 403 200 200
admin/tracker/webhook/add/                          403 403 403 200 200 | 403 403 403 200 200
admin/tracker/webhook/<path:object_id>/             302 302 302 302 302 | 302 302 302 302 302
admin/tracker/webhook/<path:object_id>/change/      403 403 403 200 200 | 403 403 403 200 200
admin/tracker/webhook/<path:object_id>/delete/      403 403 403 200 200 | 403 403 403 302 302
admin/tracker/webhook/<path:object_id>/history/     403 403 403 200 200 | 405 405 405 405 405
admin/tracker/webhook/<int:webhook>/test/           405 405 405 405 405 | 403 403 403 302 302
admin/tracker/webhook/<int:webhook>/secret/         403 403 403 200 200 | 403 403 403 302 302

admin/tracker/delivery/                             403 403 403 200 200 | 403 403 403 200 200
admin/tracker/delivery/add/                         403 403 403 403 403 | 403 403 403 403 403
admin/tracker/delivery/<path:object_id>/            302 302 302 302 302 | 302 302 302 302 302
admin/tracker/delivery/<path:object_id>/change/     403 403 403 200 200 | 403 403 403 403 403
admin/tracker/delivery/<path:object_id>/delete/     403 403 403 403 403 | 403 403 403 403 403
admin/tracker/delivery/<path:object_id>/history/    404 404 404 404 404 | 404 404 404 404 404

admin/tracker/user/                                 403 403 403 200 200 | 403 403 403 200 200
admin/tracker/user/add/                             403 403 403 200 200 | 403 403 403 200 200
admin/tracker/user/<path:object_id>/                302 302 302 302 302 | 302 302 302 302 302
admin/tracker/user/<path:object_id>/change/         403 403 403 200 200 | 403 403 403 200 200
admin/tracker/user/<path:object_id>/delete/         403 403 403 403 403 | 403 403 403 403 403
admin/tracker/user/<path:object_id>/history/        403 403 403 200 200 | 405 405 405 405 405
admin/tracker/user/<id>/password/                   403 403 403 200 200 | 403 403 403 200 200

admin/tracker/logrow/                               403 200 200 200 200 | 403 200 200 200 200
admin/tracker/logrow/add/                           403 403 403 403 403 | 403 403 403 403 403
admin/tracker/logrow/<path:object_id>/              302 302 302 302 302 | 302 302 302 302 302
admin/tracker/logrow/<path:object_id>/change/       403 200 200 200 200 | 403 403 403 403 403
admin/tracker/logrow/<path:object_id>/delete/       403 403 403 403 403 | 403 403 403 403 403
admin/tracker/logrow/<path:object_id>/history/      404 404 404 404 404 | 404 404 404 404 404
admin/tracker/logrow/csv/                           403 200 200 200 200 | 405 405 405 405 405

admin/logout/                                       405 405 405 405 405 | 302 302 302 302 302
"""
ROLES = ("nobody", *Role, "superuser")
EXPECTED = {line.split()[0]: line.split(maxsplit=1)[1].replace(" ", "") for line in TABLE.splitlines() if line}
# Routes whose addresses are not made by filling in an id.
ADDRESSES = {
    "admin/^(?P<app_label>tracker)/$": "/admin/tracker/",
    "admin/(?P<url>.*)$": "/admin/nowhere/",
    "admin/r/<path:content_type_id>/<path:object_id>/": "/admin/r/1/1/",
    "admin/autocomplete/": "/admin/autocomplete/?app_label=tracker&model_name=link&field_name=to&term=x",
    r"admin/preview/^(?P<event>\d{1,18})/(?P<face>event|timeline|embed)/$": "/admin/preview/<event>/event/",
}
BULK = ["to-review", "to-draft", "review-es", "review-fr", "delete"]
KEPT = (Event, EventText, Source, Revision, Place, Topic, Actor, Rule, User, LogRow, NamedEmbed, Webhook, Delivery)


def routes(patterns, before: str = ""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif route.startswith("admin/"):
            yield route


def as_role(role: str) -> User:
    if role in set(Role):
        return member(role)
    return User.objects.create_user(role, password=PASSWORD, is_staff=True, is_superuser=role == "superuser")


@pytest.fixture
def ids(db) -> dict[str, int]:
    """One of each kind of thing, by the name in its address."""
    made = event("one")
    things = {
        "event": made,
        "source": Source.objects.create(publisher="Gazette", url="https://localhost/notice", tier="press"),
        "place": Place.objects.create(slug="ottawa", name_en="Ottawa"),
        "actor": Actor.objects.create(slug="an-actor", name_en="An actor"),
        "topic": Topic.objects.get(),
        "rule": Rule.objects.create(slug="a-rule", citation_en="Art. 1", summary_en="In short.", read="On paper"),
        "namedembed": NamedEmbed.objects.create(name="tariffs"),
        # Nobody answers there: a test message goes no further than the address.
        "webhook": (hook := Webhook.objects.create(address="https://localhost/hook")),
        "delivery": Delivery.objects.create(webhook=hook, row=1, event=made.pk, queued_at=hook.after_appears),
        "user": member(Role.AUTHOR, "somebody"),
        "logrow": note(LogAction.CHANGED, about=made, who="somebody"),
    }
    return {name: thing.pk for name, thing in things.items()}


def address(route: str, ids: dict[str, int]) -> str:
    found = ADDRESSES.get(route, f"/{route}").replace("<event>", str(ids["event"]))
    model = route.split("/")[2] if route.startswith("admin/tracker/") else "event"
    return re.sub(r"<(?:path:object_id|id|int:\w+)>", str(ids.get(model, 1)), found)


def test_every_address_of_the_desk_stands_in_the_table():
    assert sorted(set(routes(get_resolver().url_patterns)) ^ set(EXPECTED)) == []


def test_who_is_not_signed_in_is_sent_to_the_sign_in_from_everywhere(ids):
    client = Client()
    for route in EXPECTED.keys() - {"admin/logout/"}:
        for response in (client.get(address(route, ids)), client.post(address(route, ids))):
            assert (response.status_code, response.url.startswith("/accounts/login/")) == (302, True), route


# Those who may all are asked where there is time.
@pytest.mark.parametrize(
    "role",
    [pytest.param(one, marks=pytest.mark.long) if one in ("administrator", "superuser") else one for one in ROLES],
)
def test_each_role_reaches_what_the_table_says_and_reading_writes_nothing(ids, role):
    client = signed_in(as_role(role))
    before = [list(model.objects.order_by("pk").values()) for model in KEPT]
    got = {route: client.get(address(route, ids)).status_code for route in EXPECTED}
    assert [list(model.objects.order_by("pk").values()) for model in KEPT] == before
    posted = {route: client.post(address(route, ids)).status_code for route in EXPECTED}
    column = 3 * ROLES.index(role)
    expected = {
        route: tuple(int(half[column : column + 3]) for half in codes.split("|")) for route, codes in EXPECTED.items()
    }
    assert {route: (got[route], posted[route]) for route in EXPECTED} == expected


def test_an_author_cannot_do_a_deed_by_a_crafted_request():
    made, other = event("draft"), published("public")
    editor, author = signed_in(member(Role.EDITOR)), signed_in(member(Role.AUTHOR))
    before = list(Revision.objects.order_by("id").values())
    for deed in ("publish", "schedule", "unschedule", "correct", "retract"):
        for one in (made, other):
            screen = f"/admin/tracker/event/{one.pk}/{deed}/"
            sent = fields_of(editor.get(screen)) | {
                "reason": "x",
                "confirm": "on",
                "day": "2040-01-01",
                "time": "09:00",
            }
            assert author.post(screen, sent).status_code == 403
    assert list(Revision.objects.order_by("id").values()) == before
    assert not LogRow.objects.exists()


def test_what_an_author_writes_is_a_draft_whatever_is_sent():
    client = signed_in(member(Role.AUTHOR))
    text = {"language": "en", "title": "A title", "label": "A label", "summary": "A summary.", "state": "reviewed"}
    posted = event_post(slug="a", **rows("texts", text)) | {"stage": "review"}
    assert client.post("/admin/tracker/event/add/", posted).status_code == 302
    made = Event.objects.get()
    assert (made.stage, made.texts.get().state, made.texts.get().reviewed_by) == ("review", "draft", None)
    for stage in ("done", "published"):
        client.post(page_of(made), fields_of(client.get(page_of(made))) | {"stage": stage})
        made.refresh_from_db()
        assert (made.stage, Revision.objects.count()) == ("review", 0)


def test_an_author_cannot_mark_a_text_as_reviewed():
    made = event(texts=("en", "es"))
    made.texts.update(state="draft")
    client = signed_in(member(Role.AUTHOR))
    shown = client.get(page_of(made))
    assert "_review_" not in shown.content.decode()
    for button in ("_review_en", "_review_es"):
        response = client.post(page_of(made), fields_of(shown) | {button: "1", "kind": "hearing"})
        assert "Only an editor can mark a text as reviewed; nothing was saved." in errors(response)
    made.refresh_from_db()
    assert (made.kind, set(made.texts.values_list("state", flat=True))) == ("statement", {"draft"})
    reviewed = signed_in(member(Role.EDITOR)).post(page_of(made), fields_of(shown) | {"_review_es": "1"})
    assert (reviewed.status_code, made.texts.get(language="es").state) == (302, "reviewed")


def test_bulk_acts_are_offered_to_whom_they_are_open_and_do_nothing_unasked():
    made = event(texts=("en", "es", "fr"))
    before = list(Event.objects.values()), list(EventText.objects.values())
    offered = {}
    for role in Role:
        client = signed_in(member(role))
        menu = re.search(
            r'<select name="action".*?</select>', client.get("/admin/tracker/event/").content.decode(), re.S
        )
        offered[role] = re.findall(r'<option value="([^"]+)"', menu[0])
        for action in (*BULK, "delete_selected", "publish"):
            client.post("/admin/tracker/event/", {"action": action, "_selected_action": [made.pk], "post": "yes"})
    assert offered == {Role.AUTHOR: BULK[:2], Role.EDITOR: BULK, Role.ADMINISTRATOR: BULK}
    assert (list(Event.objects.values()), list(EventText.objects.values())) == before


def test_staff_without_a_role_see_nothing_of_the_desk():
    made = event(title="A secret title", stage="review")
    note(LogAction.CHANGED, about=made, title="A secret title", who="somebody")
    client = signed_in(as_role("nobody"))
    shown = client.get("/admin/").content.decode()
    assert ("A secret title" in shown, "/admin/tracker/" in shown) == (False, False)


def test_each_role_may_what_the_one_below_may_and_the_groups_are_the_table():
    assert PERMISSIONS[Role.AUTHOR] < PERMISSIONS[Role.EDITOR] < PERMISSIONS[Role.ADMINISTRATOR]
    for role in Role:
        group = Group.objects.get(name=role)
        assert set(group.permissions.values_list("codename", flat=True)) == PERMISSIONS[role]
    assert {name for name in PERMISSIONS[Role.ADMINISTRATOR] if name.endswith("_logrow")} == {"view_logrow"}
    assert "delete_user" not in PERMISSIONS[Role.ADMINISTRATOR]
