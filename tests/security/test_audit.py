"""What the look-up of known holes says: holes fail it, and what could not be looked up is never called good."""

import json

import pytest

from tests.audit import Found, read, said

HOLE = {"id": "GHSA-1", "fix_versions": ["2.0", "1.9.1"], "aliases": [], "description": ""}
LOOKED = {
    "dependencies": [{"name": "a", "version": "1.0", "vulns": [HOLE]}, {"name": "b", "version": "1", "vulns": []}]
}
MISSED = {"dependencies": [{"name": "a", "skip_reason": "not found"}, {"name": "b", "skip_reason": "not found"}]}


def test_a_hole_is_named_with_the_release_that_mends_it():
    found = read(json.dumps(LOOKED))
    assert found == Found(("a 1.0: GHSA-1, mended in 2.0, 1.9.1",), 2, 0)
    assert said("x.txt", found) == (
        "x.txt: 2 libraries looked up, 1 known holes.\n  a 1.0: GHSA-1, mended in 2.0, 1.9.1"
    )


@pytest.mark.parametrize("answer", [json.dumps(MISSED), "", "Traceback", "[]", "null", '{"dependencies": []}'])
def test_a_list_that_cannot_be_reached_is_said_and_not_called_good(answer):
    told = said("x.txt", read(answer))
    assert told == "x.txt: could not look: the list of known holes cannot be reached from here, so nothing is known."


def test_what_was_looked_up_in_part_is_told_in_part():
    part = {"dependencies": [LOOKED["dependencies"][1], MISSED["dependencies"][0]]}
    assert said("x.txt", read(json.dumps(part))) == (
        "x.txt: 1 libraries looked up, 0 known holes; 1 are not on the list and could not be looked up."
    )
