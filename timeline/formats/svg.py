"""The drawing of a query as an SVG that stands alone; its marks are links to the pages of the events."""

from django.utils.translation import gettext as _

from timeline.scene.extract import Extract
from timeline.svg import drawing
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.vocabulary import Layer


def write(extract: Extract) -> bytes:
    """The file, UTF-8."""
    return drawn(extract).encode()


def drawn(extract: Extract) -> str:
    """The drawing with what it says of itself: the filters, the moment, the record and the permanent address. Of the
    layers it shows the links; the limit of the list does not cut it."""
    return drawing(
        extract.timeline(),
        title=_("USMCA joint review"),
        subtitle=extract.filters[:1].upper() + extract.filters[1:],
        foot="\n".join(_foot(extract)),
        language=extract.language,
        today=extract.moment.today,
        live=extract.moment.is_now,
        theme=extract.query.theme,
        address=extract.event_address,
    )


def _foot(extract: Extract) -> list[str]:
    """From where, of when, what is not drawn, and where it stays."""
    day = in_words(parse(extract.moment.today.isoformat()), extract.language)
    said = [_("USMCA Joint Review Tracker") + ".", _("As known on %(day)s.") % {"day": day}]
    if extract.stamp:
        said.append(_("Record of %(stamp)s.") % {"stamp": extract.stamp_words})
    if Layer.DEADLINES in extract.query.layers:
        said.append(_("The layer of legal deadlines is not drawn in files."))
    address = extract.permanent()
    return [" ".join(said), *([_("Permanent address: %(address)s") % {"address": address}] if address else [])]
