"""The widths of the pictures' letters, held to FreeType's; cutting and breaking by them."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import ImageFont

from timeline.svg.letters import ELLIPSIS, Face, cut, width, wrap
from timeline.svg.palette import DARK, LIGHT

ROOT = Path(__file__).resolve().parents[3]
LATIN = st.text(st.sampled_from([chr(code) for code in (*range(32, 127), *range(160, 384), 0x2013, 0x2019, 0x2026)]))
faces = st.sampled_from(Face)


@pytest.mark.parametrize("face", Face)
def test_each_sign_is_as_wide_as_the_font_says(face):
    font = ImageFont.truetype(str(face.path), 1000, layout_engine=ImageFont.Layout.BASIC)
    signs = [*map(chr, (*range(32, 127), *range(161, 173), *range(174, 256))), *"–—’‘“”…œŒ"]
    # Its hinting rounds the widths of composed signs, to a thousandth of an em.
    assert [sign for sign in signs if abs(width(sign, 1000, face) - font.getlength(sign)) > 1] == []


@given(LATIN, st.integers(0, 400), faces)
def test_what_is_cut_has_room_and_begins_alike(text, room, face):
    short = cut(text, room, 14, face)
    assert width(short, 14, face) <= room or short == ""
    assert short == text or text.startswith(short.removesuffix(ELLIPSIS))


@given(st.text(), st.integers(60, 900), faces, st.integers(1, 4))
@example("antidisestablishmentarianism " * 3, 60, Face.SERIF, 3)
@example("", 100, Face.SANS, 1)
def test_lines_have_room_are_no_more_than_asked_for_and_lose_no_word_unsaid(text, room, face, most):
    lines = wrap(text, room, 14, face, most=most)
    assert len(lines) <= most
    assert [line for line in lines if width(line, 14, face) > room] == []
    whole, said = re.sub(r"\s", "", text), re.sub(r"\s", "", "".join(lines))
    assert said == whole or (said.endswith(ELLIPSIS) and whole.startswith(said.removesuffix(ELLIPSIS)))


def test_the_colours_are_those_of_the_pages():
    sheet = (ROOT / "static/site/site.css").read_text()
    light, dark = sheet.split("@media (prefers-color-scheme: dark)")[:2]

    def tokens(text):
        return dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", text.split(":root", 2)[1]))

    for colours, found in ((LIGHT, tokens(light)), (DARK, tokens(dark))):
        names = ("paper", "wash", "future", "ink", "soft", "edge", "hair", "rule")
        drawn = {name: getattr(colours, name) for name in names}
        drawn |= {family.value: tone for family, tone in colours.families.items()}
        assert drawn == {name: found[name] for name in drawn}
