"""The figure of a document: the milestones of an extract on one axis, as SVG."""

from timeline.scene.extract import Extract
from timeline.svg import milestones

WIDTH = 800  # pixels: on a text 6.5 inches wide its labels are as large as a caption


def axis(extract: Extract) -> str | None:
    """The drawing; None where no event of the extract is a milestone."""
    moment = extract.moment
    return milestones(extract.entries, language=extract.language, today=moment.today, live=moment.is_now, width=WIDTH)
