"""The log: every act at the desk is in it, with who, what, old and new; nobody edits it; who reads what of it."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.admin_form import event_post, fields_of, page_of, rows
from tests.factory import cite, event
from tests.signing import member, signed_in
from tracker.admin.log.audited import Audited
from tracker.admin.log.file import in_lines
from tracker.admin.log.words import changes_in_words, in_short
from tracker.auditing import note
from tracker.models import Event, LogRow, Place, Source, User
from tracker.vocabulary import LogAction, Role

pytestmark = pytest.mark.django_db
LOG = "/admin/tracker/logrow/"
FILE = "/admin/tracker/logrow/csv/"


def last() -> LogRow:
    return LogRow.objects.order_by("id").last()


def changed(row: LogRow) -> dict:
    """Field to (old, new)."""
    return {change["field"]: (change["old"], change["new"]) for change in row.changes}


def lines(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_change_is_logged_field_by_field_with_the_rows_of_the_event(desk, boss):
    made = event(texts=("en", "es"), title="One")
    cite(made, "https://example.org/b", publisher="Second Gazette", title="Later")
    before = LogRow.objects.count()
    found = fields_of(desk.get(page_of(made)))
    spanish = next(name for name, value in found.items() if name.endswith("-language") and value == "es")
    found |= {"date": "2025-07", "countries": ["CA", "MX"], "citations-1-locator": "p. 3"}
    found |= {spanish.replace("language", "title"): "Dos"}
    assert desk.post(page_of(made), found).status_code == 302
    row = last()
    assert (LogRow.objects.count() - before, row.action, row.by, row.who) == (1, "changed", boss, "boss")
    assert (row.type, row.object, row.title, row.address) == ("event", str(made.pk), "One", "127.0.0.1")
    told = changed(row)
    assert told["date"] == ("2025-06-01", "2025-07")
    assert told["countries"] == (["CA"], ["CA", "MX"])
    assert told["texts[es].title"] == ("One (es)", "Dos")
    assert told["citations[Second Gazette: Later].locator"] == (None, "p. 3")
    words = {change.field: (change.old, change.new) for change in changes_in_words(row)}
    assert words["Date"] == ("1 June 2025", "July 2025")
    assert words["Countries"] == ("Canada", "Canada, Mexico")
    assert words["Español: Title"] == ("One (es)", "Dos")
    assert words["Source “Second Gazette: Later”: Where in it"] == ("–", "p. 3")


def test_adding_and_deleting_are_logged_with_all_that_was_there(desk):
    text = {"language": "en", "title": "A title", "label": "A label", "summary": "A summary."}
    assert desk.post("/admin/tracker/event/add/", event_post(slug="a", **rows("texts", text))).status_code == 302
    made = Event.objects.get()
    told = changed(LogRow.objects.get(action="added", type="event"))
    assert (told["slug"], told["date"], told["texts[en].title"]) == (
        (None, "a"),
        (None, "2025-06-01"),
        (None, "A title"),
    )
    address = page_of(made).replace("change", "delete")
    assert desk.post(address, fields_of(desk.get(address)) | {"post": "yes"}).status_code == 302
    row = LogRow.objects.get(action="deleted")
    assert (row.title, changed(row)["texts[en].title"]) == ("A title", ("A title", None))


def test_what_was_sent_as_it_came_is_no_change(desk):
    made = event()
    assert desk.post(page_of(made), fields_of(desk.get(page_of(made)))).status_code == 302
    place = Place.objects.create(slug="ottawa", name_en="Ottawa")
    address = f"/admin/tracker/place/{place.pk}/change/"
    assert desk.post(address, fields_of(desk.get(address))).status_code == 302
    assert LogRow.objects.count() == 0


def test_places_topics_people_and_sources_are_logged_too(desk):
    desk.post("/admin/tracker/place/add/", {"name_en": "Ottawa", "slug": "ottawa"})
    assert (last().action, changed(last())) == ("added", {"slug": (None, "ottawa"), "name_en": (None, "Ottawa")})
    address = f"/admin/tracker/place/{Place.objects.get().pk}/change/"
    desk.post(address, fields_of(desk.get(address)) | {"name_fr": "Ottawa, Ontario"})
    assert changed(last()) == {"name_fr": (None, "Ottawa, Ontario")}
    assert [change.field for change in changes_in_words(last())] == ["Name [fr]"]


def test_a_deed_is_logged_in_the_transaction_that_does_it(desk):
    made = event(title="One")
    address = f"/admin/tracker/event/{made.pk}/publish/"
    assert desk.post(address, fields_of(desk.get(address))).status_code == 302
    row = last()
    assert (row.action, row.object, row.title) == ("published", str(made.pk), "One")
    address = f"/admin/tracker/event/{made.pk}/retract/"
    assert desk.post(address, fields_of(desk.get(address)) | {"reason": "Wrong."}).status_code == 302
    assert (last().action, last().reason) == ("retracted", "Wrong.")


def test_what_was_refused_is_not_in_the_log(desk):
    made = event(sources=0)
    address = f"/admin/tracker/event/{made.pk}/publish/"
    desk.post(address, fields_of(desk.get(address)))
    desk.post(page_of(made), fields_of(desk.get(page_of(made))) | {"date": "soon"})
    assert LogRow.objects.count() == 0


def test_every_page_of_the_desk_writes_our_log():
    pages = {model: page for model, page in admin.site._registry.items() if model is not LogRow}
    assert [model for model, page in pages.items() if not isinstance(page, Audited)] == []


def test_django_keeps_no_log_beside_ours(desk):
    desk.post("/admin/tracker/place/add/", {"name_en": "Ottawa", "slug": "ottawa"})
    assert (LogRow.objects.count(), LogEntry.objects.count()) == (1, 0)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_edit_the_log(act):
    row = note(LogAction.CHANGED, who="somebody")
    with pytest.raises(DatabaseError, match="the log is never edited"), transaction.atomic():
        LogRow.objects.filter(pk=row.pk).update(who="nobody") if act == "update" else row.delete()
    assert LogRow.objects.get().who == "somebody"


def test_the_desk_offers_no_way_to_edit_the_log_not_even_to_a_superuser(desk):
    row = note(LogAction.CHANGED, who="somebody")
    for way in ("add/", f"{row.pk}/delete/"):
        assert (desk.get(LOG + way).status_code, desk.post(LOG + way, {"post": "yes"}).status_code) == (403, 403)
    assert desk.post(f"{LOG}{row.pk}/change/", {"who": "nobody"}).status_code == 403
    desk.post(LOG, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    desk.post(LOG, {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk, "_save": "1"})
    assert list(LogRow.objects.values_list("who", flat=True)) == ["somebody"]


def test_the_history_of_an_event_tells_each_act_with_old_and_new(desk, boss):
    made = event(title="One")
    desk.post(page_of(made), fields_of(desk.get(page_of(made))) | {"status": "postponed"})
    shown = desk.get(f"/admin/tracker/event/{made.pk}/history/").content.decode()
    assert ">Changed <small>boss</small></h2>" in shown
    assert '<th scope="row">Status</th><td>Occurred</td><td>Postponed</td>' in shown
    User.objects.filter(pk=boss.pk).update(language="es")
    shown = desk.get(f"/admin/tracker/event/{made.pk}/history/").content.decode()
    assert "<td>Ocurrido</td><td>Aplazado</td>" in shown


def test_a_long_history_has_pages_and_any_page_number_has_an_answer(desk):
    made = event()
    for number in range(27):
        note(LogAction.CHANGED, about=made, who=f"no {number}.")
    address = f"/admin/tracker/event/{made.pk}/history/"
    first, second = (desk.get(address, {"p": page}).content.decode() for page in (1, 2))
    assert ("no 26." in first, "no 1." in first, "no 1." in second) == (True, False, True)
    assert [desk.get(address, {"p": page}).status_code for page in ("x", "-1", "9" * 40, "\0")] == [200] * 4


def listed(client, **query) -> list[str]:
    """Who is named in the rows of the list."""
    return [row.who for row in client.get(LOG, query).context["cl"].result_list]


def test_the_log_is_filtered_and_searched():
    boss = User.objects.create_superuser("boss", password="x")
    made = event()
    note(LogAction.CHANGED, about=made, who="a", changes=[{"field": "slug", "old": "été", "new": "hiver"}])
    note(LogAction.PUBLISHED, about=made, by=boss, title="Réunion", reason="Because of rain.")
    at = datetime(2026, 3, 2, 3, tzinfo=UTC)
    note(LogAction.SIGN_IN_FAILED, who="stranger", address="203.0.113.9", at=at)
    desk = signed_in(boss)
    assert listed(desk) == ["stranger", "boss", "a"]
    assert listed(desk, action="published") == ["boss"]
    assert listed(desk, type="event") == ["boss", "a"]
    assert listed(desk, by=str(boss.pk)) == ["boss"]
    assert listed(desk, q="ete") == ["a"]
    assert listed(desk, q="reunion rain") == ["boss"]
    # Three in the morning in UTC is the day before in New York.
    assert listed(desk, **{"from": "2026-03-01", "to": "2026-03-01"}) == ["stranger"]
    assert listed(desk, to="2026-02-28") == []
    assert listed(desk, **{"from": "2026-03-02", "action": "sign-in-failed"}) == []


@pytest.mark.parametrize(
    "query",
    [
        {"from": "soon"},
        {"to": "9999-12-31"},
        {"from": "0001-01-01"},
        {"from": "\0"},
        {"action": "\0"},
        {"by": "9" * 40},
        {"type": "user' --"},
        {"q": "\0"},
        {"p": "9" * 30},
        {"o": "9.-9.x"},
    ],
)
def test_no_question_to_the_log_is_a_fault(desk, query):
    note(LogAction.CHANGED, who="somebody")
    for address in (LOG, FILE):
        assert desk.get(address, query).status_code in {200, 302}


def test_an_author_reads_the_log_but_neither_sign_ins_nor_accounts_nor_addresses():
    administrator, author = signed_in(member(Role.ADMINISTRATOR)), signed_in(member(Role.AUTHOR))
    LogRow.objects.bulk_create(
        [
            LogRow(who="a", action="published", type="event", object="1", address="203.0.113.9"),
            *(LogRow(who=f"s{number}", action=action) for number, action in enumerate(_signing())),
            LogRow(who="b", action="changed", type="user", object="1"),
        ]
    )
    secret = LogRow.objects.get(who="b").pk
    public = LogRow.objects.get(who="a").pk
    assert len(listed(administrator)) == 11
    assert listed(author) == listed(author, action="signed-in") == listed(author, type="user") == ["a"]
    assert author.get(f"{LOG}{secret}/change/").status_code == 302
    assert "203.0.113.9" not in author.get(f"{LOG}{public}/change/").content.decode()
    assert "203.0.113.9" in administrator.get(f"{LOG}{public}/change/").content.decode()
    assert [line[3] for line in lines(author.get(FILE))] == ["who", "a"]
    assert [len(lines(client.get(FILE))[0]) for client in (author, administrator)] == [12, 13]
    for probe in ("address", "address__startswith", "by__password__startswith", "id__gt"):
        assert author.get(LOG, {probe: "2"}).status_code == author.get(FILE, {probe: "2"}).status_code == 400


def _signing() -> list[str]:
    names = "signed-in signed-out sign-in-failed locked-out password-changed factor-added factor-removed"
    return [*names.split(), "recovery-codes", "role-changed"]


def test_the_file_has_the_filtered_list_a_line_a_change_and_no_formula(desk):
    made = event("=1+1")
    changes = [{"field": "slug", "old": "-a", "new": "@b"}, {"field": "zone", "old": None, "new": "x"}]
    note(LogAction.CHANGED, about=made, who="+somebody", changes=changes, at=datetime(2026, 3, 2, 3, tzinfo=UTC))
    note(LogAction.PUBLISHED, about=made, who="other")
    found = lines(desk.get(FILE, {"action": "changed"}))
    assert [line[1:4] for line in found[1:]] == [["2026-03-02 03:00:00", "2026-03-01 22:00:00", "'+somebody"]] * 2
    assert [line[7:11] for line in found[1:]] == [["'=1+1", "Slug", "'-a", "'@b"], ["'=1+1", "Time zone", "–", "x"]]


def test_the_file_is_written_piece_by_piece_in_the_language_of_who_asks():
    pieces = in_lines(
        (LogRow(pk=n, action="published", at=datetime.now(UTC)) for n in range(1001)), language="fr", private=False
    )
    counts = [piece.count("\r\n") for piece in pieces]
    assert counts == [1, 500, 500, 1]


def test_the_list_costs_the_same_for_one_row_and_for_three(desk):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(LOG).status_code == 200
        return len(queries)

    note(LogAction.CHANGED, about=event("one"), who="a")
    desk.get(LOG)
    one = cost()
    note(LogAction.CHANGED, about=event("two"), who="b")
    note(LogAction.CHANGED, about=event("three"), who="c")
    assert cost() == one


def test_the_list_leads_to_what_is_there_and_not_to_what_is_gone(desk):
    made = event(title="Still here")
    note(LogAction.CHANGED, about=made)
    gone = Source.objects.create(publisher="Gone Gazette", url="https://example.org/gone", tier="press")
    note(LogAction.DELETED, about=gone)
    missing = f"/admin/tracker/source/{gone.pk}/change/"
    gone.delete()
    shown = desk.get(LOG).content.decode()
    assert (f'href="{page_of(made)}"' in shown, missing in shown, "Gone Gazette" in shown) == (True, False, True)


def test_whatever_stands_in_the_log_is_told(desk):
    row = note(
        LogAction.CHANGED,
        about=event(),
        changes=[
            {"field": "no such field", "old": {"a": [1]}, "new": True},
            {"field": "date", "old": "no date", "new": 7},
            {"field": "nowhere[x].y"},
            {"field": "known since", "new": "2026-03-01T05:00+00:00"},
            {"field": "acts[confirmed · CA · 2026-07-01].note", "new": "Signed."},
            "no change at all",
        ],
    )
    assert [(change.field, change.old, change.new) for change in changes_in_words(row)] == [
        ("no such field", "{'a': [1]}", "yes"),
        ("Date", "no date", "7"),
        ("nowhere[x].y", "–", "–"),
        ("Known since", "–", "1 March 2026, 00:00 New York, 05:00 UTC"),
        ("Legal act “Confirmed another 16 years, Canada, 1 July 2026”: Note", "–", "Signed."),
    ]
    assert in_short(row).endswith("and 2 more")
    assert desk.get(f"{LOG}{row.pk}/change/").status_code == 200
