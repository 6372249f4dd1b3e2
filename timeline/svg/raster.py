"""An SVG as PNG, by resvg with the bundled fonts alone: the same bytes on every machine.

resvg draws no text at all, and says nothing, when it knows no font: it is given the files and the families by name.
"""

import resvg_py

from timeline.svg.letters import SANS, SERIF, Face

_FILES = [str(face.path) for face in Face]


def png(svg: str, *, width: int) -> bytes:
    """The picture, so many pixels wide. Raises ValueError for what is no SVG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=True,
            font_files=_FILES,
            font_family=SANS,
            sans_serif_family=SANS,
            serif_family=SERIF,
        )
    )
