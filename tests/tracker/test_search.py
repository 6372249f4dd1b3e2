"""Words as the search sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.search import folded, indexable, wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("México pide REVISIÓN", "mexico pide revision"),
        ("T-MEC, CUSMA and ACEUM", "usmca usmca and usmca"),
        ("the T MEC", "the usmca"),
        ("Article 34.7.4", "article 34 7 4"),
        ("Bill C-202", "bill c 202"),
        ("the G-7 and the G7", "the g7 and the g7"),
        ("EE. UU. y EE.UU.", "estados unidos y estados unidos"),
        ("U.S. tariffs on US goods, not for us", "united states tariffs on united states goods not for us"),
        ("É.-U.", "etats unis"),
        ("Diario Oficial de la Federación", "dof"),
        ("bois d’œuvre", "bois d oeuvre"),
        ("NAFTA 2.0", "usmca"),
    ],
)
def test_text_is_indexed_as_it_is_asked_for(text, words):
    assert indexable(text) == words


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("steel tariffs", [("steel", False), ("tariffs", True)]),
        ('"joint review" 2026', [("joint <-> review", False), ("2026", True)]),
        ("34.7", [("34 <-> 7", False)]),
        ("C-202", [("c <-> 202", True)]),
        ("EE. UU.", [("estados", False), ("unidos", True)]),
        ("T MEC", [("usmca", True)]),
        ("steel -aluminum", [("steel", False), ("!aluminum", False)]),
        ("-steel", []),
        ("", []),
        ("& | ! <-> :* ( ) '", []),
    ],
)
def test_what_is_typed_becomes_words_and_phrases(typed, asked):
    found = [(("!" if one.excluded else "") + one.tsquery, one.beginning) for one in wanted(typed)]
    assert found == asked


@given(st.text(max_size=60))
def test_any_text_is_safe(text):
    for one in wanted(text):
        assert all(word.isalnum() for word in one.words)
    assert all(word.isalnum() for word in indexable(text).split())


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text):
    assert indexable(indexable(text)) == indexable(indexable(indexable(text)))
    assert folded(text) == folded(text).lower()
