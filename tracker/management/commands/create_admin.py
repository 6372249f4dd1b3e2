"""Makes an administrator with a password that holds for one sign-in. There is no fixed password anywhere."""

import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, transaction
from django.urls import reverse

from tracker.auditing import note
from tracker.signing.factors import remove_factors
from tracker.signing.limits import Kind, forget
from tracker.vocabulary import LogAction

WHO = "make admin"


class Command(BaseCommand):
    help = "Makes an administrator and prints a one-time password."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="admin")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")
        parser.add_argument(
            "--reset",
            action="store_true",
            help="a new one-time password for one who is there already, whose second factors are removed",
        )

    def handle(self, *args, username, language, reset, **options):
        password = secrets.token_urlsafe(15)
        try:
            with transaction.atomic():
                user = self._existing(username) if reset else self._new(username, language)
                user.set_password(password)
                user.one_time_password = True
                user.save()
                if reset:
                    # Whoever lost the password may have lost the phone too; this is the only way back in.
                    remove_factors(user, who=WHO)
                    forget(Kind.NAME, username.casefold())
                note(LogAction.PASSWORD_CHANGED, who=WHO, about=user)
        except ProgrammingError as error:
            raise CommandError("The database has no tables yet: run `make run` first.") from error
        self.stdout.write(f"Administrator:     {username}")
        self.stdout.write(f"One-time password: {password}")
        self.stdout.write(f"Sign in at {settings.SITE_URL}{reverse('admin:index')}, choose a password of your own,")
        self.stdout.write("and set up a passkey or an authenticator app.")

    def _new(self, username, language):
        model = get_user_model()
        try:
            UnicodeUsernameValidator()(username)
        except ValidationError as error:
            raise CommandError(f"{username!r} cannot be a user name: {error.message}") from error
        if model.objects.filter(username=username).exists():
            raise CommandError(
                f"There is a user {username} already. Another name: make admin NAME=…; "
                f"a new password for this one: make admin NAME={username} RESET=1"
            )
        return model(username=username, language=language, is_staff=True, is_superuser=True)

    def _existing(self, username):
        user = get_user_model().objects.filter(username=username, is_superuser=True).first()
        if user is None:
            raise CommandError(f"There is no administrator {username}.")
        return user
