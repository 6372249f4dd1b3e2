"""A page of the log: its rows know where what they are about is found, if it is still there."""

from django.contrib.admin.views.main import ChangeList
from django.urls import reverse

from tracker.admin.suggestions import is_id


class LogList(ChangeList):
    """As Django's; each row that is shown gets a `link`, empty for what is gone or is not shown to the user."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        for name in {row.type for row in self.result_list}:
            rows = [row for row in self.result_list if row.type == name]
            there = self._there(request, name, [row.object for row in rows])
            for row in rows:
                row.link = reverse(f"admin:tracker_{name}_change", args=[row.object]) if row.object in there else ""

    def _there(self, request, name: str, keys: list[str]) -> set[str]:
        """The ids of those that are still at the desk and open to the user: one query for a type."""
        pages = self.model_admin.admin_site._registry
        model = next((model for model in pages if model._meta.model_name == name), None)
        if model is None or not pages[model].has_view_permission(request):
            return set()
        found = model._default_manager.filter(pk__in=[key for key in keys if is_id(key)])
        return {str(key) for key in found.values_list("pk", flat=True)}
