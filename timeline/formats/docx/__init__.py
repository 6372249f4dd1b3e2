"""The briefing as a Word file (ECMA-376, WordprocessingML)."""

from timeline.formats.axis import axis
from timeline.formats.docx.package import Package
from timeline.formats.packed import repacked
from timeline.scene.briefing import briefing
from timeline.scene.extract import Extract


def write(extract: Extract) -> bytes:
    """The file of an extract, in the active language; the same bytes for the same answer of the record."""
    document = briefing(extract, axis(extract))
    return repacked(Package(document).saved(), document.stamp)
