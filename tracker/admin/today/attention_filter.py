"""The filter of a list by what needs attention: the same rows that the first page of the desk counts."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.admin.today.attention import for_user

TEMPLATE = "admin/folded_filter.html"


class AttentionFilter(admin.SimpleListFilter):
    """An attention that the user does not have, or that does not exist, finds nothing: a list that shows everything
    for a name it does not know would be taken for an answer."""

    title = _("needs attention")
    parameter_name = "attention"
    template = TEMPLATE

    def lookups(self, request, model_admin):
        return [(one.name, one.words) for one in for_user(request.user, model_admin.model)]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        for one in for_user(request.user, queryset.model):
            if one.name == self.value():
                return one.found(queryset, timezone.now())
        return queryset.none()
