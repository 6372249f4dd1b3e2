"""Word-level differences: both texts come back from the pieces, whatever the texts are."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from tracker.worddiff import MOST_TOKENS, How, Piece, worddiff

# Few words, so that the texts have much in common; and any text at all.
SENTENCES = st.lists(st.sampled_from(["a", "round", "of", "talks", " ", "\n", ",", ".", "é", "2026"]), max_size=30).map(
    "".join
)
TEXTS = SENTENCES | st.text(max_size=60)


def joined(pieces, *kinds: How) -> str:
    return "".join(piece.text for piece in pieces if piece.how in kinds)


@given(TEXTS, TEXTS)
@example("a b c", "x y z")
@example("", "x")
def test_both_texts_come_back_from_the_pieces(old, new):
    pieces = worddiff(old, new)
    assert joined(pieces, How.KEPT, How.REMOVED) == old
    assert joined(pieces, How.KEPT, How.ADDED) == new


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_none_goes_on_in_the_next(old, new):
    pieces = worddiff(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.how != other.how for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_that_did_not_change_is_one_kept_piece(text):
    assert worddiff(text, text) == ((Piece(How.KEPT, text),) if text else ())


def test_a_changed_word_is_marked_and_no_more():
    assert worddiff("Talks on 28 September.", "Talks on 30 September.") == (
        Piece(How.KEPT, "Talks on "),
        Piece(How.REMOVED, "28"),
        Piece(How.ADDED, "30"),
        Piece(How.KEPT, " September."),
    )


def test_words_changed_in_a_row_are_one_change():
    assert worddiff("The first round ended.", "The second meeting ended.") == (
        Piece(How.KEPT, "The "),
        Piece(How.REMOVED, "first round"),
        Piece(How.ADDED, "second meeting"),
        Piece(How.KEPT, " ended."),
    )


def test_texts_too_long_to_be_matched_are_told_whole():
    old, new = "a " * MOST_TOKENS, "b " * MOST_TOKENS
    assert worddiff(old, new) == (Piece(How.REMOVED, old), Piece(How.ADDED, new))
