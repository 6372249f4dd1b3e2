"""Who of the staff has which role, and giving one: never so that nobody is left who could give another."""

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from tracker.models import User
from tracker.vocabulary import Role


class LastAdministrator(Exception):
    """After this act nobody would be left who may manage the staff."""


def role_of(user: User) -> Role | None:
    """The role of the user; of several the one that may do most; None for an account without one, and for a
    superuser, who may do everything by itself. Reads `groups`, which may be prefetched."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in reversed(Role) if role in names), None)


def administrators() -> QuerySet:
    """The active accounts that may manage the staff, superusers included."""
    may = Q(is_superuser=True) | Q(groups__name=Role.ADMINISTRATOR.value)
    return User.objects.filter(may, is_active=True, is_staff=True).distinct()


def hold_administrators() -> None:
    """Wait for whoever else is changing accounts, until this transaction ends: two administrators who dismiss each
    other at the same moment would otherwise leave none."""
    list(Group.objects.select_for_update(no_key=True).filter(name=Role.ADMINISTRATOR.value))


def refuse_the_last(user: User, *, role: Role | None, active: bool) -> None:
    """Raises LastAdministrator if the account, with that role and so active, would leave no administrator. Call it
    under `hold_administrators`."""
    stays = active and (user.is_superuser or role == Role.ADMINISTRATOR)
    if not stays and not administrators().exclude(pk=user.pk).exists():
        raise LastAdministrator


def give_role(user: User, role: Role | None) -> None:
    """Let the user have this role and no other; what they may do changes with their next request."""
    groups = {group.name: group for group in Group.objects.filter(name__in=[role.value for role in Role])}
    user.groups.remove(*(group for name, group in groups.items() if name != role))
    if role is not None:
        user.groups.add(groups[role.value])
