"""What kind of change a statement is."""

import copy

import pytest

from tracker.changes import classify


def content():
    """A frozen content with one of everything."""
    text = {"state": "reviewed", "title": "A title", "label": "A label", "summary": "A summary.", "note": ""}
    source = {"publisher": "P", "title": "T", "url": "https://example.org/1", "tier": "press", "quote": ""}
    return {
        "date": "2026-03-01",
        "status": "scheduled",
        "kind": "hearing",
        "texts": {"en": dict(text), "es": dict(text)},
        "sources": [source],
        "announced": [{"date": "2026-03-01", "on": "2026-01-01", "source": 1, "note": {}}],
        "acts": [],
        "links": [],
        "topics": [{"slug": "tariffs", "name": {"en": "Tariffs"}}],
    }


def moved(after):
    after["date"] = "2026-03-09"
    after["announced"].append({"date": "2026-03-09", "on": "2026-02-01", "source": 1, "note": {}})


def second_source_first(after):
    after["sources"].insert(0, {**after["sources"][0], "url": "https://example.org/0"})
    after["announced"][0]["source"] = 2


@pytest.mark.parametrize(
    ("change", "classes"),
    [
        (lambda after: None, []),
        (moved, ["date-moved"]),
        (lambda after: after.update(status="occurred"), ["status-changed"]),
        (second_source_first, ["source-added"]),
        (lambda after: after["texts"]["en"].update(title="Another"), ["wording"]),
        (lambda after: after["texts"]["es"].update(title="Otro"), ["translation"]),
        (lambda after: after["texts"].pop("es"), ["translation"]),
        (lambda after: after.update(date="2026-03-01~"), ["details"]),
        (lambda after: after.update(kind="report"), ["details"]),
        (lambda after: after["sources"].clear(), ["details"]),
        (lambda after: after["sources"][0].update(quote="Said so."), ["details"]),
        (lambda after: after["sources"][0].update(tier="primary"), ["details"]),
        (lambda after: after["announced"][0].update(note={"en": "By notice."}), ["details"]),
        (lambda after: after["topics"][0].update(name={"en": "Duties"}), ["details"]),
        (lambda after: after["links"].append({"type": "follows", "event": 4}), ["details"]),
    ],
)
def test_every_difference_has_its_class_and_no_other(change, classes):
    after = copy.deepcopy(content())
    change(after)
    assert classify(content(), after) == classes


def test_beginning_ending_and_beginning_again():
    assert classify(None, content()) == ["new"]
    assert classify(content(), None) == ["retracted"]
    assert classify(None, content(), ever=True) == ["restored"]
