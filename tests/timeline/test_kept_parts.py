"""The parts of what is kept, each by itself: questions, codings, bytes, bounds, files. No database."""

import os
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from timeline.kept.answer import Answer, from_bytes
from timeline.kept.codings import coded, wanted
from timeline.kept.files import AnswerFiles
from timeline.kept.process import Process
from timeline.kept.shared import Plain, key
from timeline.kept.slot import slot_of
from timeline.kept.turns import Turns
from timeline.query.table import PARAMETERS
from tracker.models.standing import Standing
from tracker.models.version import Version

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANSWER = Answer(
    (("Content-Type", "text/html"), ("ETag", 'W/"é"')), 'W/"é"', "token", 1.5, 2.5, {"": b"\n\x00ab", "br": b"c"}
)


def test_parameters_in_another_order_are_the_same_question():
    assert slot_of("/", "") == slot_of("/", "&") == "/"
    assert slot_of("/", "q=a&kind=x") == slot_of("/", "kind=x&q=a") == "/?kind=x&q=a"
    assert slot_of("/", "q=b&q=a") == "/?q=b&q=a"
    assert len({slot_of(path, query) for path in ("/", "/es/") for query in ("", "q=", "q=a", "q=%61", "%71=a")}) == 10


def test_what_other_sites_add_to_an_address_is_no_question_and_no_parameter_of_ours_is_taken_for_it():
    assert slot_of("/", "utm_source=x&q=a&fbclid=1&gclid=2&_ga=3") == "/?q=a"
    for name in (*(row.name for row in PARAMETERS), "lang", "page", "url", "full", "w", "in", "format", "bom"):
        assert slot_of("/", f"{name}=1") == f"/?{name}=1"


@pytest.mark.parametrize(
    ("accept", "first"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0, br;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("br;q=x, gzip", "gzip"),
        ("deflate", ""),
        ("identity;q=0", ""),
    ],
)
def test_a_reader_is_given_the_coding_that_it_likes_best(accept, first):
    assert wanted(accept)[0] == first


def test_only_what_gets_smaller_is_coded():
    assert set(coded(b"word " * 100, "text/html; charset=utf-8")) == {"", "gzip", "br"}
    assert set(coded(b"word " * 100, "application/feed+json")) == {"", "gzip", "br"}
    assert set(coded(b"word " * 100, "image/png")) == {""}
    assert set(coded(b"word", "text/plain")) == {""}
    assert set(coded(os.urandom(300), "text/plain")) == {""}


def test_an_answer_comes_back_from_its_bytes_as_it_was():
    assert from_bytes(ANSWER.to_bytes()) == ANSWER


def test_bytes_that_are_not_those_of_an_answer_are_refused():
    whole = ANSWER.to_bytes()
    for broken in (
        b"",
        b"x" * 99,
        whole[:-1],
        whole + b"x",
        whole[:50] + b"!" + whole[51:],
        whole.replace(b" 1\n", b" 0\n", 1),
    ):
        with pytest.raises(ValueError):
            from_bytes(broken)


def test_a_token_tells_all_that_an_answer_may_change_with():
    one = Standing(NOW, Version(NOW, NOW), "rules", "embeds", date(2026, 11, 23))
    other = {
        "version": Version(NOW, NOW + timedelta(seconds=1)),
        "rules": "other",
        "embeds": "other",
        "day": date(2026, 11, 24),
    }
    tokens = {one.token, *(replace(one, **{name: value}).token for name, value in other.items())}
    assert len(tokens) == 5
    assert replace(one, now=NOW + timedelta(hours=1)).token == one.token
    assert replace(ANSWER, token=one.token).stands(one)
    assert not replace(ANSWER, token=one.token).stands(None)
    assert replace(ANSWER, token="").stands(None)


def test_a_process_keeps_what_was_asked_for_last_within_its_bytes(settings):
    settings.KEPT_BYTES = 10_000
    process = Process()
    for name in "abcd":
        process.put(name, ANSWER)
    process.get("a")
    process.put("e", ANSWER)
    assert [name for name in "abcde" if process.get(name)] == ["a", "c", "d", "e"]
    process.put("c", replace(ANSWER, bodies={"": b"x" * 9_000}))
    assert [name for name in "abcde" if process.get(name)] == ["a", "d", "e"]
    settings.KEPT_BYTES = 0
    process.put("a", ANSWER)
    assert process.get("a") is None


def test_who_comes_while_an_answer_is_made_waits_for_it_and_who_asks_another_does_not(monkeypatch):
    monkeypatch.setattr("timeline.kept.turns.PATIENCE", 0.01)
    turns = Turns()
    with turns.turn("a") as first, turns.turn("b") as other, turns.turn("a") as impatient:
        assert (first, other, impatient) == (False, False, True)
    with turns.turn("a") as later:
        assert not later
    assert not turns._locks


def test_a_key_is_of_plain_signs_whatever_the_address_holds():
    keys = {key(slot, "prefix", 1) for slot in ("/", "/é\n ", "/\udce9", "/" + "x" * 9_000)}
    assert len(keys) == 4 and all(len(one) == len("prefix:") + 64 and one.isascii() for one in keys)
    assert Plain().loads(Plain().dumps(b"12")) == b"12"


@pytest.fixture
def files(tmp_path):
    def make(most=10_000) -> AnswerFiles:
        return AnswerFiles(str(tmp_path / "answers"), {"TIMEOUT": 60, "OPTIONS": {"MAX_BYTES": most}})

    return make


def test_files_give_what_another_process_kept_and_nothing_that_has_ended(files):
    one, other = files(), files()
    assert one.get("a") is None
    one.set("a", b"first")
    one.set("a", b"second")
    assert other.get("a") == b"second"
    assert (one.add("a", b"x"), one.add("b", b"x", 0), one.get("b")) == (False, True, None)
    assert (one.delete("a"), one.delete("a"), other.get("a")) == (True, False, None)
    one.clear()
    assert one.get("b") is None


def test_files_stay_within_their_bytes_and_the_newest_remain(files, tmp_path):
    store = files(most=1_000)
    for number in range(40):
        store.set(str(number), b"x" * 100, 60 + number)
    held = list((tmp_path / "answers").iterdir())
    assert 7 <= len(held) <= 10 and store.get("39") == b"x" * 100
    part, foreign = tmp_path / "answers" / "left.part", tmp_path / "answers" / "of-another"
    for file in (part, foreign):
        file.write_bytes(b"x")
        os.utime(file, (time.time() - 7200,) * 2)
    for number in range(3):
        store.set(f"more-{number}", b"x" * 100)
    store.clear()
    assert list((tmp_path / "answers").iterdir()) == [foreign]


def test_a_folder_that_goes_away_is_made_again(files, tmp_path):
    store = files()
    store.set("a", b"1")
    for file in (tmp_path / "answers").iterdir():
        file.unlink()
    Path(tmp_path / "answers").rmdir()
    store.set("a", b"2")
    assert store.get("a") == b"2"
