"""What events share, renamed: the record keeps the old name, and the desk says which events differ from it."""

import pytest

from tests.admin_form import fields_of
from tests.factory import cite, event, published, remark, rule
from tracker.models import Actor, Event, Rule, Source, Topic
from tracker.publishing import publish

pytestmark = pytest.mark.django_db


def rename(desk, row, **fields) -> str:
    address = f"/admin/tracker/{row._meta.model_name}/{row.pk}/change/"
    return desk.post(address, fields_of(desk.get(address)) | fields, follow=True).content.decode()


def stages() -> dict[str, str]:
    return dict(Event.objects.values_list("slug", "stage"))


def test_published_events_that_use_a_renamed_source_differ_from_the_record_and_that_is_told(desk):
    using, draft = event("using"), event("draft")
    source = cite(using, "https://ustr.gov/a/notice")
    cite(draft, "https://ustr.gov/a/notice")
    publish(using)
    published("apart")
    shown = rename(desk, source, publisher="Office of the United States Trade Representative")
    assert "1 published event uses this. Readers see it as it was until the event is published again." in shown
    assert stages() == {"using": "draft", "draft": "draft", "apart": "done"}
    assert "published event uses this" not in rename(desk, Source.objects.get(pk=source.pk), publisher="USTR")


def test_a_change_that_no_statement_holds_leaves_its_events_as_they_are(desk):
    made = event("using")
    ebrard = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard")
    made.participations.create(actor=ebrard)
    publish(made)
    assert "published event" not in rename(desk, ebrard, variants="Ebrard Casaubón")
    assert stages() == {"using": "done"}
    assert "1 published event uses this" in rename(desk, Actor.objects.get(), name_es="Marcelo Ebrard C.")
    assert stages() == {"using": "draft"}


def test_a_topic_that_gets_its_old_name_back_leaves_nothing_to_publish(desk):
    published("one")
    published("two")
    assert "2 published events use this" in rename(desk, Topic.objects.get(), name_en="Another name")
    assert stages() == {"one": "draft", "two": "draft"}
    rename(desk, Topic.objects.get(), name_en="Review process")
    assert stages() == {"one": "done", "two": "done"}


def test_a_rule_and_who_spoke_are_used_by_the_events_that_name_them(desk):
    made = event("using")
    made.rule = basis = rule()
    made.save()
    ebrard = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard")
    remark(made, "MX", actor=ebrard)
    for row, fields in ((basis, {"citation_en": "Article 34.7(2)"}), (ebrard, {"name_en": "M. Ebrard"})):
        publish(made)
        assert "1 published event uses this" in rename(desk, row, **fields)
        assert stages() == {"using": "draft"}
    publish(made)
    # That a rule was compared with its text is no word of any statement.
    assert "published event" not in rename(desk, Rule.objects.get(), checked="on")
    assert stages() == {"using": "done"}
