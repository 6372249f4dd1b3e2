"""Pictures by resvg, read by Pillow: with their letters, in both families, the same at every run."""

import io
import re
from datetime import date

import pytest
from PIL import Image, ImageChops

from tests.timeline.layout.strategies import brief
from tests.timeline.svg.reading import scene_of
from timeline.svg import drawing, plot_of
from timeline.svg.ink import picture, words
from timeline.svg.letters import Face
from timeline.svg.raster import png

TODAY = date(2026, 11, 22)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def ink(content: bytes) -> set:
    """What is drawn on white: nothing, or the box around it."""
    image = Image.open(io.BytesIO(content)).convert("RGBA")
    return image.getchannel("A").getbbox()


def test_a_drawing_with_its_text_differs_from_one_without():
    shown = scene_of([brief(1, "2026-07-01", "First joint review")], start=date(2026, 1, 1), end=date(2026, 12, 31),
                     today=TODAY, plot=plot_of(800))  # fmt: skip
    svg = drawing(shown, title="The review", language="en", today=TODAY, width=800)
    for family in ("Source Sans 3", "Source Serif 4"):
        bare = re.sub(rf"<text[^>]*'{family}'.*?</text>", "", svg)
        assert bare != svg
        assert ImageChops.difference(opened(png(svg, width=800)), opened(png(bare, width=800))).getbbox() is not None


@pytest.mark.parametrize("face", Face)
def test_each_face_has_letters_of_its_own_as_wide_as_reckoned(face):
    line = picture([words("Hamburgefonts", 10, 60, "#000", size=40, face=face, fixed=True)], width=400, height=100,
                   title="", desc="", language="en")  # fmt: skip
    left, _, right, _ = ink(png(line, width=400))
    wide = float(re.search(r'textLength="([\d.]+)"', line).group(1))
    assert abs((right - left) - wide) < 8


def test_the_four_faces_are_four():
    made = {
        png(picture([words("Hamburgefonts", 10, 60, "#000", size=40, face=face)], width=400, height=100,
                    title="", desc="", language="en"), width=400)
        for face in Face
    }  # fmt: skip
    assert len(made) == 4


def test_the_picture_is_as_wide_as_asked_for_and_always_the_same():
    svg = picture([words("é ñ ç", 10, 60, "#000")], width=400, height=100, title="", desc="", language="en")
    first = png(svg, width=800)
    assert opened(first).size == (800, 200)
    assert png(svg, width=800) == first


def test_what_is_no_svg_is_refused():
    with pytest.raises(ValueError):
        png("<html/>", width=100)
