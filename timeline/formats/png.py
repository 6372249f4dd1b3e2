"""The drawing of a query as a picture, two of its pixels for each of the page's."""

from timeline.formats.svg import drawn
from timeline.scene.extract import Extract
from timeline.svg import WIDTH
from timeline.svg.raster import png


def write(extract: Extract) -> bytes:
    """The file."""
    return png(drawn(extract), width=2 * WIDTH)
