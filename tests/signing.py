"""Browsers of members of staff, signed in as the desk asks it."""

from django.contrib.auth.models import Group
from django.test import Client

from tracker.models import User

PASSWORD = "a long password 1"


def signed_in(user: User, **options) -> Client:
    """A test client with a session of the user that passed the second factor; `options` are Client's."""
    client = Client(**options)
    client.force_login(user)
    return client


def member(role: str, name: str = "") -> User:
    """A member of staff with that role (`tracker.vocabulary.Role`)."""
    user = User.objects.create_user(name or role, password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user
