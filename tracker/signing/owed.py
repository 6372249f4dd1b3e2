"""What a session still owes before it may open the desk."""

from enum import Enum, auto

from allauth.account.authentication import get_authentication_records

from tracker.signing.factors import has_factor


class Owed(Enum):
    NOTHING = auto()
    SIGN_IN = auto()
    CODE = auto()  # The second factor that the account has.
    PASSWORD = auto()  # A password of one's own, in place of the one that somebody else made.
    SET_UP = auto()  # A second factor for the account.


def owed(request) -> Owed:
    """The first thing that the request's session owes; one query for whoever is signed in.

    The second factor comes before everything else: with the password alone nobody changes the password of an account
    that has one. A session that passed a factor which has since been removed sets up another.
    """
    if not request.user.is_authenticated:
        return Owed.SIGN_IN
    factor = has_factor(request.user)
    if factor and not passed_factor(request):
        return Owed.CODE
    if request.user.one_time_password:
        return Owed.PASSWORD
    return Owed.NOTHING if factor else Owed.SET_UP


def passed_factor(request) -> bool:
    """Whether a second factor, a recovery code or a passkey was shown in this session by its user."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))
