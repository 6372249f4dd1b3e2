"""The second pen: the same layout as an SVG that stands alone, for files and pictures. No script, no style sheet.

Every text is fitted by the real widths of the bundled fonts, so that nothing is measured by whoever shows it.
"""

from timeline.svg.chart import WIDTH, drawing, plot_of
from timeline.svg.milestones import milestones

__all__ = ["WIDTH", "drawing", "milestones", "plot_of"]
