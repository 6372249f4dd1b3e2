"""The elements of an SVG as text: attributes and words escaped, numbers short, the same input the same bytes.

Only presentation attributes: a style sheet inside would be refused by the policy of this site.
"""

import re
from typing import Any
from xml.sax.saxutils import escape

from timeline.svg.letters import Face, width
from timeline.svg.palette import Palette

# What XML 1.0 allows (2.2, Char); the rest cannot even be escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES = {'"': "&quot;", "\n": " ", "\t": " ", "\r": " "}
SIZE = 13.5  # pixels: as wide as the 13 px of the pages' fonts, by which the layout packs


def said(text: str) -> str:
    """Words as XML: what XML forbids is shown as the sign for a letter that cannot be read."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def number(value: float) -> str:
    """A length to a hundredth of a pixel, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element. `children` are elements or words that are XML already; attributes that are None are left out, and
    `_` in their names is written `-` (`_` at the end, for names that Python keeps, is dropped)."""
    parts = [name]
    for key, value in attributes.items():
        if value is None:
            continue
        words = escape(_FORBIDDEN.sub("\ufffd", value), _QUOTES) if isinstance(value, str) else number(value)
        parts.append(f'{key.rstrip("_").replace("_", "-")}="{words}"')
    opened = " ".join(parts)
    return f"<{opened}>{''.join(children)}</{name}>" if children else f"<{opened}/>"


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, **more: str | float | None) -> str:
    """A straight line."""
    return tag("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}", stroke=stroke, fill="none", **more)


def box(x: float, y: float, wide: float, high: float, fill: str, **more: str | float | None) -> str:
    """A rectangle."""
    return tag("rect", x=x, y=y, width=wide, height=high, fill=fill, **more)


def words(
    text: str,
    x: float,
    y: float,
    fill: str,
    *,
    size: float = SIZE,
    face: Face = Face.SANS,
    anchor: str | None = None,
    fixed: bool = False,
    **more: str | float | None,
) -> str:
    """A line of text with its baseline at `y`. `fixed`: as wide as reckoned, whatever font shows it."""
    if fixed and text:
        more |= {"textLength": width(text, size, face), "lengthAdjust": "spacingAndGlyphs"}
    return tag(
        "text",
        said(text),
        x=x,
        y=y,
        fill=fill,
        font_family=face.family,
        font_size=size,
        font_weight=face.weight if face.weight != 400 else None,
        text_anchor=anchor,
        **more,
    )


def halo(colours: Palette) -> dict[str, Any]:
    """Paper around the letters, where they cross a line of the ground."""
    return {"stroke": colours.paper, "stroke_width": 5, "paint_order": "stroke", "stroke_linejoin": "round"}


def picture(
    parts: list[str], *, width: float, height: float, title: str, desc: str, language: str, linked: bool = False
) -> str:
    """A whole SVG. One with links is a document of graphics (WAI-ARIA Graphics 1.0): in an image they could not be
    reached."""
    return tag(
        "svg",
        tag("title", said(title)),
        tag("desc", said(desc)),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        width=width,
        height=height,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="graphics-document" if linked else "img",
        lang=language,
        **{"xml:lang": language},
    )
