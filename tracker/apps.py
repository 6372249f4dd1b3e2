"""The tracker as Django's app, and what the desk calls it."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from tracker.observing import slow
from tracker.roles import make_groups


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Record")

    def ready(self):
        # After Django's own, which makes the permissions.
        post_migrate.connect(_groups, sender=self, dispatch_uid="groups of the roles")
        # Knows models, so it is imported once they are there.
        import_module("tracker.signing.heard").connect()
        slow.connect()
        if settings.SENTRY_DSN:
            # Loaded only where errors are reported.
            import_module("tracker.observing.reports").begin(settings.SENTRY_DSN)


def _groups(using, apps=apps, **kwargs) -> None:
    make_groups(apps, using)
