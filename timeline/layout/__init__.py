"""The layout: briefs and a viewport in, lanes, rows, marks, labels with their room, folds and ticks out.

Pure: no Django, no today's date, no words. The pens (the HTML templates; later SVG) only write down what stands here.
"""

from timeline.layout.drawing import Drawing, Lane, Mark, Pill, Trace, lay_lane, lay_out, tag_is_left
from timeline.layout.viewport import Viewport

__all__ = ["Drawing", "Lane", "Mark", "Pill", "Trace", "Viewport", "lay_lane", "lay_out", "tag_is_left"]
