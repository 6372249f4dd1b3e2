"""The models. Public code imports from tracker.models.record alone, never from this package's top."""

from tracker.models.audit import LogRow
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.desk import Act, AnnouncedDate, Citation, Event, EventText, Link, Participation
from tracker.models.importing import ImportBatch, ImportRow, Origin
from tracker.models.limits import SignInCount
from tracker.models.record import Address, Revision, Term
from tracker.models.remark import Remark
from tracker.models.rules import Rule
from tracker.models.sharing import Delivery, NamedEmbed, Webhook
from tracker.models.staff import User

__all__ = [
    "Act",
    "Actor",
    "Address",
    "AnnouncedDate",
    "Citation",
    "Delivery",
    "Event",
    "EventText",
    "ImportBatch",
    "ImportRow",
    "Link",
    "LogRow",
    "NamedEmbed",
    "Origin",
    "Participation",
    "Place",
    "Remark",
    "Revision",
    "Rule",
    "SignInCount",
    "Source",
    "Term",
    "Topic",
    "User",
    "Webhook",
]
