"""The words of every enumeration, by gettext, in the language that is active when they are shown."""

import typing

from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tracker.clock import ActKind
from tracker.vocabulary import (
    ActorKind,
    AddressFault,
    ChangeClass,
    CheckFault,
    CheckResult,
    Country,
    DeliveryState,
    Family,
    Kind,
    Lanes,
    Layer,
    LinkType,
    LogAction,
    Order,
    Reading,
    Role,
    Significance,
    Stage,
    Standing,
    Status,
    TextState,
    Tier,
    Zoom,
)

if typing.TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# By the values of an enumeration, which are text themselves: what is frozen in a statement looks up its words too.
Words = dict[str, "StrPromise"]

COUNTRIES: Words = {
    Country.CANADA: _("Canada"),
    Country.UNITED_STATES: _("United States"),
    Country.MEXICO: _("Mexico"),
}
FAMILIES = {
    Family.LAW: _("Treaty and law"),
    Family.TALKS: _("Meetings and talks"),
    Family.TARIFFS: _("Tariffs and disputes"),
    Family.VIEWS: _("Consultations, hearings, statements"),
}
KINDS = {
    Kind.REVIEW_MILESTONE: _("Treaty or review milestone"),
    Kind.LEGAL_DEADLINE: _("Legal deadline"),
    Kind.LEGISLATION: _("Legislation"),
    Kind.REPORT: _("Report"),
    Kind.LEADER_MEETING: _("Leaders’ meeting"),
    Kind.MINISTERIAL_MEETING: _("Ministerial meeting or mission"),
    Kind.NEGOTIATION_ROUND: _("Negotiating round"),
    Kind.SUBNATIONAL_VISIT: _("Provincial or state visit"),
    Kind.TARIFF_ACTION: _("Tariff action"),
    Kind.DISPUTE: _("Dispute or court ruling"),
    Kind.CONSULTATION: _("Consultation"),
    Kind.HEARING: _("Hearing"),
    Kind.STATEMENT: _("Statement"),
}
STATUSES = {
    Status.OCCURRED: pgettext_lazy("status of an event", "Occurred"),
    Status.SCHEDULED: pgettext_lazy("status of an event", "Scheduled"),
    Status.EXPECTED: pgettext_lazy("status of an event", "Expected"),
    Status.POSTPONED: pgettext_lazy("status of an event", "Postponed"),
    Status.CANCELLED: pgettext_lazy("status of an event", "Cancelled"),
}
STANDINGS = {Standing(status.value): words for status, words in STATUSES.items()} | {
    Standing.UNDER_WAY: pgettext_lazy("status of an event", "Under way"),
    Standing.NO_OUTCOME: pgettext_lazy("status of an event", "Day passed, no outcome on record"),
}
SIGNIFICANCES = {
    Significance.MILESTONE: _("Milestone"),
    Significance.MAJOR: _("Major"),
    Significance.MINOR: _("Minor"),
}
TEXT_STATES = {
    TextState.DRAFT: pgettext_lazy("state of a text", "Draft"),
    TextState.REVIEWED: pgettext_lazy("state of a text", "Reviewed"),
    TextState.STALE: pgettext_lazy("state of a text", "Stale"),
}
TIERS: Words = {
    Tier.PRIMARY: _("Official"),
    Tier.PRESS: _("Press"),
    Tier.ANALYSIS: _("Analysis"),
    Tier.AGGREGATOR: _("Digest"),
}
LINK_TYPES = {
    LinkType.FOLLOWS: _("Follows"),
    LinkType.RESPONDS_TO: _("Responds to"),
    LinkType.IMPLEMENTS: _("Implements"),
    LinkType.SUPERSEDES: _("Supersedes"),
    LinkType.RETALIATES_FOR: _("Retaliates for"),
    LinkType.RESUMES: _("Resumes"),
    LinkType.MEETS: _("Meets the deadline"),
}
# The same links read from the other end.
LINKS_BACK = {
    LinkType.FOLLOWS: _("Followed by"),
    LinkType.RESPONDS_TO: _("Answered by"),
    LinkType.IMPLEMENTS: _("Implemented by"),
    LinkType.SUPERSEDES: _("Superseded by"),
    LinkType.RETALIATES_FOR: _("Retaliated by"),
    LinkType.RESUMES: _("Resumed by"),
    LinkType.MEETS: _("Met by"),
}
LAYERS = {
    Layer.LINKS: _("Links between events"),
    Layer.DEADLINES: _("Legal deadlines, computed"),
}
READINGS = {
    Reading.COMMON: _("From the confirmation (common)"),
    Reading.LITERAL: _("Added to the end of the term (literal)"),
}
CHANGES = {
    ChangeClass.NEW: pgettext_lazy("class of change", "New"),
    ChangeClass.DATE_MOVED: pgettext_lazy("class of change", "Date moved"),
    ChangeClass.STATUS_CHANGED: pgettext_lazy("class of change", "Status"),
    ChangeClass.SOURCE_ADDED: pgettext_lazy("class of change", "Source added"),
    ChangeClass.WORDING: pgettext_lazy("class of change", "Wording"),
    ChangeClass.TRANSLATION: pgettext_lazy("class of change", "Translation"),
    ChangeClass.DETAILS: pgettext_lazy("class of change", "Details"),
    ChangeClass.RETRACTED: pgettext_lazy("class of change", "Retracted"),
    ChangeClass.RESTORED: pgettext_lazy("class of change", "Restored"),
}
STAGES = {
    Stage.DRAFT: pgettext_lazy("stage at the desk", "Draft"),
    Stage.REVIEW: pgettext_lazy("stage at the desk", "In review"),
    Stage.DONE: pgettext_lazy("stage at the desk", "Published as it stands"),
}
LOG_ACTIONS = {
    LogAction.ADDED: pgettext_lazy("in the log", "Added"),
    LogAction.CHANGED: pgettext_lazy("in the log", "Changed"),
    LogAction.DELETED: pgettext_lazy("in the log", "Deleted"),
    LogAction.REVIEWED: pgettext_lazy("in the log", "Reviewed"),
    LogAction.PUBLISHED: pgettext_lazy("in the log", "Published"),
    LogAction.CORRECTED: pgettext_lazy("in the log", "Corrected the past"),
    LogAction.SCHEDULED: pgettext_lazy("in the log", "Scheduled"),
    LogAction.UNSCHEDULED: pgettext_lazy("in the log", "Unscheduled"),
    LogAction.RETRACTED: pgettext_lazy("in the log", "Retracted"),
    LogAction.IMPORTED: pgettext_lazy("in the log", "Imported"),
    LogAction.EXPORTED: pgettext_lazy("in the log", "Exported"),
    LogAction.SIGNED_IN: pgettext_lazy("in the log", "Signed in"),
    LogAction.SIGNED_OUT: pgettext_lazy("in the log", "Signed out"),
    LogAction.SIGN_IN_FAILED: pgettext_lazy("in the log", "Failed sign-in"),
    LogAction.LOCKED_OUT: pgettext_lazy("in the log", "Locked out"),
    LogAction.PASSWORD_CHANGED: pgettext_lazy("in the log", "Password changed"),
    LogAction.FACTOR_ADDED: pgettext_lazy("in the log", "Second factor added"),
    LogAction.FACTOR_REMOVED: pgettext_lazy("in the log", "Second factor removed"),
    LogAction.RECOVERY_CODES: pgettext_lazy("in the log", "Recovery codes made"),
    LogAction.ROLE_CHANGED: pgettext_lazy("in the log", "Role changed"),
}
ROLES = {
    Role.AUTHOR: pgettext_lazy("role of a member of staff", "Author"),
    Role.EDITOR: pgettext_lazy("role of a member of staff", "Editor"),
    Role.ADMINISTRATOR: pgettext_lazy("role of a member of staff", "Administrator"),
}
CHECK_RESULTS: Words = {
    CheckResult.FOUND: pgettext_lazy("result of a check", "Found"),
    CheckResult.MOVED: pgettext_lazy("result of a check", "Moved"),
    CheckResult.GONE: pgettext_lazy("result of a check", "Gone"),
    CheckResult.UNREACHABLE: pgettext_lazy("result of a check", "Does not answer"),
    CheckResult.REFUSED: pgettext_lazy("result of a check", "Not opened"),
}
CHECK_FAULTS: Words = {
    CheckFault.ADDRESS: _("it is no address of a web page"),
    CheckFault.PRIVATE: _("it leads into a private network"),
    CheckFault.PORT: _("it names another port than the usual ones"),
    CheckFault.NAME: _("nobody knows the name of the site"),
    CheckFault.CONNECTION: _("the connection failed"),
    CheckFault.CERTIFICATE: _("the certificate of the site is not valid"),
    CheckFault.TIME: _("it took too long"),
    CheckFault.REDIRECTS: _("it sends on too many times"),
    CheckFault.ANSWER: _("the answer made no sense"),
}
DELIVERIES = {
    DeliveryState.WAITING: pgettext_lazy("telling a webhook", "Waiting"),
    DeliveryState.TAKEN: pgettext_lazy("telling a webhook", "Taken"),
    DeliveryState.GIVEN_UP: pgettext_lazy("telling a webhook", "Given up"),
}
ADDRESS_FAULTS: Words = {
    AddressFault.TOO_LONG: _("An address has at most 600 signs."),
    AddressFault.SIGNS: _("An address has no spaces, quotation marks, backslashes or pointed brackets."),
    AddressFault.SCHEME: _("A source is a public page: its address begins with https:// or http://."),
    AddressFault.CREDENTIALS: _("An address that is published has no name or password in it."),
    AddressFault.PRIVATE: _("This address lies within a private network: readers could not open it."),
    AddressFault.FORM: _("This is no address of a web page; write it like https://ustr.gov/about."),
}
ACTS = {
    ActKind.ENTERED: _("Entered into force"),
    ActKind.REVIEW_SET: _("Day of the next review set"),
    ActKind.REVIEW_HELD: _("Joint review held"),
    ActKind.CONFIRMED: _("Confirmed another 16 years"),
    ActKind.NOT_CONFIRMED: _("Did not confirm another 16 years"),
    ActKind.NOTICE: _("Notice of withdrawal"),
    ActKind.RESCINDED: _("Notice of withdrawal taken back"),
}
ACTOR_KINDS = {ActorKind.PERSON: _("Person"), ActorKind.BODY: _("Body")}
# The lanes of a drawing by country: who was concerned, and nobody else.
PARTIES = {
    "CA-US-MX": _("All three"),
    "CA": _("Canada"),
    "CA-US": _("Canada and U.S."),
    "US": _("United States"),
    "US-MX": _("U.S. and Mexico"),
    "MX": _("Mexico"),
    "CA-MX": _("Canada and Mexico"),
}
LANES = {Lanes.COUNTRY: _("Country"), Lanes.KIND: _("Kind"), Lanes.TOPIC: _("Topic")}
ORDERS = {
    Order.NEWEST: _("Newest first"),
    Order.OLDEST: _("Oldest first"),
    Order.SIGNIFICANCE: _("Most significant first"),
    Order.RELEVANCE: _("Most relevant first"),
}


ZOOMS = {
    Zoom.DECADE: pgettext_lazy("length of a window", "Decade"),
    Zoom.YEAR: pgettext_lazy("length of a window", "Year"),
    Zoom.QUARTER: pgettext_lazy("length of a window", "Quarter"),
    Zoom.MONTH: pgettext_lazy("length of a window", "Month"),
}


def choices(words: dict) -> list[tuple[str | int, str]]:
    """The (value, words) pairs of one of the tables above, as Django's fields want them."""
    return [(member.value, label) for member, label in words.items()]


def language_name(code: str) -> str:
    """The language of a source in the language that is active; the code itself where Django knows no name."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
