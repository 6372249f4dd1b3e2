"""Every enumeration of the tracker, and nothing else. Values stand in addresses and in frozen statements: they are
kept for ever. Their words in three languages are in labels.py."""

from enum import IntEnum, StrEnum


class Country(StrEnum):
    """The parties, north to south: the order of the knot and of every list."""

    CANADA = "CA"
    UNITED_STATES = "US"
    MEXICO = "MX"


class Family(StrEnum):
    """Four families of kinds; each has one mark and one colour in the drawing."""

    LAW = "law"
    TALKS = "talks"
    TARIFFS = "tariffs"
    VIEWS = "views"


class Kind(StrEnum):
    REVIEW_MILESTONE = "review-milestone"
    LEGAL_DEADLINE = "legal-deadline"
    LEGISLATION = "legislation"
    REPORT = "report"
    LEADER_MEETING = "leader-meeting"
    MINISTERIAL_MEETING = "ministerial-meeting"
    NEGOTIATION_ROUND = "negotiation-round"
    SUBNATIONAL_VISIT = "subnational-visit"
    TARIFF_ACTION = "tariff-action"
    DISPUTE = "dispute"
    CONSULTATION = "consultation"
    HEARING = "hearing"
    STATEMENT = "statement"

    @property
    def family(self) -> Family:
        return _FAMILIES[self]


_FAMILIES = {
    Kind.REVIEW_MILESTONE: Family.LAW,
    Kind.LEGAL_DEADLINE: Family.LAW,
    Kind.LEGISLATION: Family.LAW,
    Kind.REPORT: Family.LAW,
    Kind.LEADER_MEETING: Family.TALKS,
    Kind.MINISTERIAL_MEETING: Family.TALKS,
    Kind.NEGOTIATION_ROUND: Family.TALKS,
    Kind.SUBNATIONAL_VISIT: Family.TALKS,
    Kind.TARIFF_ACTION: Family.TARIFFS,
    Kind.DISPUTE: Family.TARIFFS,
    Kind.CONSULTATION: Family.VIEWS,
    Kind.HEARING: Family.VIEWS,
    Kind.STATEMENT: Family.VIEWS,
}


class Status(StrEnum):
    """`occurred` means "has begun"; whether it is still under way follows from the span and the day."""

    OCCURRED = "occurred"
    SCHEDULED = "scheduled"
    EXPECTED = "expected"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """A status seen on a day: the five, and the two that only the day can tell."""

    OCCURRED = "occurred"
    SCHEDULED = "scheduled"
    EXPECTED = "expected"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    UNDER_WAY = "under-way"
    NO_OUTCOME = "no-outcome"


class Significance(IntEnum):
    """Ordered, so that the database can sort by it; addresses and documents use the slug."""

    MINOR = 1
    MAJOR = 2
    MILESTONE = 3

    @property
    def slug(self) -> str:
        return self.name.lower()

    @classmethod
    def from_slug(cls, slug: str) -> "Significance":
        """The member of that slug; KeyError for any other text."""
        return {member.slug: member for member in cls}[slug]


class Language(StrEnum):
    ENGLISH = "en"
    SPANISH = "es"
    FRENCH = "fr"


class TextState(StrEnum):
    """The life of one language's text. A missing text has no row; `stale`: the English changed after review."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    STALE = "stale"


class Tier(StrEnum):
    PRIMARY = "primary"
    PRESS = "press"
    ANALYSIS = "analysis"
    AGGREGATOR = "aggregator"


class LinkType(StrEnum):
    FOLLOWS = "follows"
    RESPONDS_TO = "responds-to"
    IMPLEMENTS = "implements"
    SUPERSEDES = "supersedes"
    RETALIATES_FOR = "retaliates-for"
    RESUMES = "resumes"
    MEETS = "meets"


class ChangeClass(StrEnum):
    """What kind of change a statement is (docs/record.md, rule 13)."""

    NEW = "new"
    DATE_MOVED = "date-moved"
    STATUS_CHANGED = "status-changed"
    SOURCE_ADDED = "source-added"
    WORDING = "wording"
    TRANSLATION = "translation"
    DETAILS = "details"
    RETRACTED = "retracted"
    RESTORED = "restored"


class Stage(StrEnum):
    """Where the desk's own copy stands. Scheduled and retracted are states of the record, not of the desk."""

    DRAFT = "draft"
    REVIEW = "review"
    DONE = "done"


class LogAction(StrEnum):
    """What the desk's log tells that somebody did."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    SCHEDULED = "scheduled"
    UNSCHEDULED = "unscheduled"
    RETRACTED = "retracted"
    IMPORTED = "imported"
    EXPORTED = "exported"
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCKED_OUT = "locked-out"
    PASSWORD_CHANGED = "password-changed"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    RECOVERY_CODES = "recovery-codes"
    ROLE_CHANGED = "role-changed"


# What concerns accounts and sign-ins is for those who manage the staff.
PRIVATE_ACTIONS = frozenset(
    {
        LogAction.SIGNED_IN,
        LogAction.SIGNED_OUT,
        LogAction.SIGN_IN_FAILED,
        LogAction.LOCKED_OUT,
        LogAction.PASSWORD_CHANGED,
        LogAction.FACTOR_ADDED,
        LogAction.FACTOR_REMOVED,
        LogAction.RECOVERY_CODES,
        LogAction.ROLE_CHANGED,
    }
)


class Role(StrEnum):
    """What a member of staff may do; each is a group of that name, made by a migration."""

    AUTHOR = "author"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


class CheckResult(StrEnum):
    """What came of opening a source's address."""

    FOUND = "found"
    MOVED = "moved"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


class CheckFault(StrEnum):
    """Why a source's address was not opened, where it was not the other side that said so with a number."""

    ADDRESS = "address"
    PRIVATE = "private"
    PORT = "port"
    NAME = "name"
    CONNECTION = "connection"
    CERTIFICATE = "certificate"
    TIME = "time"
    REDIRECTS = "redirects"
    ANSWER = "answer"


class AddressFault(StrEnum):
    """What is wrong with an address that was entered for a source."""

    TOO_LONG = "too-long"
    SIGNS = "signs"
    SCHEME = "scheme"
    CREDENTIALS = "credentials"
    PRIVATE = "private"
    FORM = "form"


class DeliveryState(StrEnum):
    """What came of telling a webhook of a change."""

    WAITING = "waiting"
    TAKEN = "taken"
    GIVEN_UP = "given-up"


class ActorKind(StrEnum):
    PERSON = "person"
    BODY = "body"


class Lanes(StrEnum):
    COUNTRY = "country"
    KIND = "kind"
    TOPIC = "topic"


class Layer(StrEnum):
    """What may be drawn on top of the events, when asked for: the links between them, the days that the rules set."""

    LINKS = "links"
    DEADLINES = "deadlines"


class Reading(StrEnum):
    """From when the extra 16 years of an extension run: from the confirmation, or added to the end of the term."""

    COMMON = "common"
    LITERAL = "literal"


class Zoom(StrEnum):
    """How much of the axis a window shows, the widest first; the names say what its ticks divide."""

    DECADE = "decade"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


class Order(StrEnum):
    """How a list is sorted. `relevance` needs words to be relevant to."""

    NEWEST = "newest"
    OLDEST = "oldest"
    SIGNIFICANCE = "significance"
    RELEVANCE = "relevance"


class Look(StrEnum):
    TIMELINE = "timeline"
    LIST = "list"
    NEXT = "next"


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"
