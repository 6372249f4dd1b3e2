"""The bench runs, and its arithmetic and its tables are right; its figures are for people."""

import json
import random

import pytest
from django.test import Client

from tests import factory
from tests.bench import growth, machine, process, pure, report
from tests.bench.__main__ import PARTS, write
from tests.bench.figures import Figure, as_json, beside, from_json, number, plain
from tests.bench.inside import answered, is_scan, nodes
from tests.bench.measuring import in_turns, sample
from tests.bench.proxy import configuration
from tests.bench.pure import TODAY, generated
from timeline.layout.viewport import opening
from tracker.publishing import publish
from tracker.vocabulary import Zoom


def test_medians_percentiles_and_the_middle_half_are_of_the_values_themselves():
    values = list(range(1, 101))
    random.Random(1).shuffle(values)
    taken = sample(values)
    assert (taken.median, taken.p95, taken.spread) == (50.5, 95, (25, 75))
    one = sample([7])
    assert (one.median, one.p95, one.spread) == (7, 7, (7, 7))


def test_what_is_compared_is_taken_in_turns_after_one_round_that_does_not_count():
    order, clock = [], iter(range(100))

    def measure(name):
        return lambda: (order.append(name), float(next(clock)))[1]

    found = in_turns({"deed": measure("deed"), "ceiling": measure("ceiling")}, rounds=3)
    assert order == ["deed", "ceiling"] * 4
    assert found == {"deed": sample([2, 4, 6]), "ceiling": sample([3, 5, 7])}


def test_no_time_left_still_measures_once():
    assert in_turns({"deed": lambda: 1.0}, rounds=9, seconds=-1) == {"deed": sample([1.0])}


def test_a_figure_says_whether_its_ratio_or_its_number_is_what_it_should_be():
    fast, slow = sample([80.0, 90.0]), sample([100.0])
    assert [
        beside("a", fast, slow, unit="r/s", of="ok", least=0.8).met,
        beside("a", fast, slow, unit="r/s", of="ok", least=0.9).met,
        beside("a", slow, fast, unit="ms", of="ok", most=1.2).met,
        beside("a", slow, fast, unit="ms", of="ok", most=1.1).met,
        beside("a", slow, fast, unit="ms", of="ok").met,
        plain("a", 45, "KB", most=45).met,
        plain("a", 45.1, "KB", most=45).met,
    ] == [True, False, True, False, None, True, False]


def test_a_figure_kept_as_json_is_the_same_again():
    for figure in (
        beside("a", sample([1.0, 2.0]), sample([3.0]), unit="ms", of="ok", most=2, note="n"),
        plain("b", 0, "", most=0),
        Figure("c", 1.5),
    ):
        assert from_json(json.loads(json.dumps(as_json(figure)))) == figure


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (0.126, "0.13"), (3, "3"), (12.34, "12.3"), (70_365.2, "70,365"), (-5.5, "-5.5")]
)
def test_numbers_have_as_many_digits_as_mean_something(value, text):
    assert number(value) == text


def test_results_of_a_part_that_is_not_run_again_stay(tmp_path):
    def part(name, value):
        figures = [as_json(plain(name, value, "KB", most=45))]
        return {"date": "2026-11-22", "machine": "2 cores", "figures": figures, "skipped": []}

    write(tmp_path, "first_view", part("bytes", 40))
    write(tmp_path, "warm", part("other", 50) | {"skipped": ["nginx was not found."]})
    write(tmp_path, "warm", part("other", 60) | {"skipped": ["nginx was not found."]})
    lines = (tmp_path / "RESULTS.md").read_text().splitlines()
    assert [line for line in lines if line.startswith(("##", "Targets", "Not measured")) or "KB" in line] == [
        "Targets met: 1 of 2.",
        "## 1. First view",
        "| bytes | 40 KB |  |  |  | at most 45 KB | met |",
        "## 3. Server, warm",
        "| other | 60 KB |  |  |  | at most 45 KB | **missed** |",
        "Not measured: nginx was not found.",
    ]


def test_every_part_has_a_heading():
    assert set(PARTS) == set(report.PARTS)


def test_the_pure_parts_give_a_figure_for_everything_they_measure():
    figures, skipped = pure.measured([], rounds=1)
    assert [one.name.split(":")[0].split(" of ")[0] for one in figures] == [
        "layout, decade",
        "layout, year",
        "layout, decade",
        "layout, year",
        "query",
    ]
    assert all(one.value > 0 and one.ceiling > 0 for one in figures)
    assert skipped == []


def test_its_events_are_the_same_in_every_run_and_all_within_the_decade():
    briefs, decade = generated(130), opening(TODAY, Zoom.DECADE)
    assert briefs == generated(130)
    assert all(decade.shows(brief.date) for brief in briefs)


def test_no_address_of_the_growing_records_is_asked_twice():
    asked = [one for place in range(growth.ADDRESSES + 1) for one in growth.questions(10_000, place).values()]
    assert len(set(asked)) == len(asked)


def test_the_mix_of_requests_is_the_same_in_every_run():
    paths = list(process.mix(1_000))
    assert paths == list(process.mix(1_000))
    assert {path.partition("?")[0] for path in paths} >= {"/", "/results/", "/embed/", "/events.ics"}


def test_a_scan_of_the_revisions_is_found_at_any_depth_of_a_plan():
    scan = {"Node Type": "Parallel Seq Scan", "Relation Name": "tracker_revision"}
    other = {"Node Type": "Seq Scan", "Relation Name": "tracker_term"}
    plan = {"Node Type": "Limit", "Plans": [other, {"Node Type": "Sort", "Plans": [scan]}]}
    assert [node for node in nodes(plan) if is_scan(node)] == [scan]


def test_the_shipped_configuration_of_nginx_is_given_ports_and_folders_of_its_own(tmp_path):
    class Site:
        url = "http://127.0.0.1:9999"

    shipped = """http {
    upstream tracker {
        server 127.0.0.1:8000 max_fails=3;
        server 127.0.0.1:8001 max_fails=3;
    }
    upstream last { server 127.0.0.1:8081; }
    server { listen 127.0.0.1:8080; }
    server { listen 127.0.0.1:8081; }
}
"""
    text = configuration(shipped, Site(), tmp_path, 1, 2, 3)
    assert [line.strip() for line in text.splitlines() if "127.0.0.1" in line] == [
        "server 127.0.0.1:9999 max_fails=3;",
        "upstream last { server 127.0.0.1:3; }",
        "server { listen 127.0.0.1:1; }",
        "server { listen 127.0.0.1:3; }",
        "listen 127.0.0.1:2;",
    ]
    assert f"root {tmp_path};" in text


@pytest.mark.django_db
def test_an_answer_is_told_with_its_bytes_and_queries():
    publish(factory.event())
    said = answered(Client(), "/api/v1/events/", explain=True)
    assert (said["status"], said["queries"] > 0, said["bytes"] > 0) == (200, True, True)
    assert isinstance(said["scans"], list)


def test_the_machine_is_told_without_its_name(monkeypatch):
    monkeypatch.setattr(machine, "server_version", lambda: "18.4")
    words = machine.words()
    assert "cores" in words and "PostgreSQL 18.4" in words and "/" not in words
