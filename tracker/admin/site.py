"""The admin as Django's app: which site it serves, and that our pages are registered on it."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Stands in for `django.contrib.admin`. Settings load it before any model is known, so it imports none."""

    default_site = "tracker.admin.desk.Desk"

    def ready(self):
        # Django looks for a module `admin` in each app; ours is a package that settings have imported long before.
        super().ready()
        import_module("tracker.admin.registered")
