"""The admin as Django's app: which site it serves, and that our pages are registered on it."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig


class DeskConfig(SimpleAdminConfig):
    """Stands in for `django.contrib.admin`. Settings load it before any model is known, so it imports none."""

    default_site = "tracker.admin.desk.Desk"

    def ready(self):
        # Not Django's search for a module `admin` in each app: other apps would bring pages of their own, among them
        # the keys of everybody's second factor.
        super().ready()
        import_module("tracker.admin.registered")
