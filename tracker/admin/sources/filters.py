"""The filters of the list of sources. A value that a filter does not know finds nothing."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from tracker.admin.event.filters import Folded
from tracker.admin.today.attention_filter import AttentionFilter
from tracker.labels import CHECK_RESULTS, TIERS, choices, language_name
from tracker.models.catalogue import Source

NEVER = "never"
# The rest is found by the search.
SITES = 30


class TierFilter(Folded):
    title = _("tier")
    parameter_name = "tier"

    def lookups(self, request, model_admin):
        return choices(TIERS)

    def narrowed(self, request, queryset, value):
        return queryset.filter(tier=value)


class LanguageFilter(Folded):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        found = Source.objects.order_by("language").values_list("language", flat=True).distinct()
        return [(code, language_name(code)) for code in found]

    def narrowed(self, request, queryset, value):
        return queryset.filter(language=value)


class CheckFilter(Folded):
    title = _("result of the check")
    parameter_name = "check"

    def lookups(self, request, model_admin):
        return [*choices(CHECK_RESULTS), (NEVER, _("Not checked yet"))]

    def narrowed(self, request, queryset, value):
        return queryset.filter(check_result="" if value == NEVER else value)


class TitleFilter(Folded):
    title = _("title")
    parameter_name = "title"

    def lookups(self, request, model_admin):
        return [("without", _("Without a title")), ("with", _("With a title"))]

    def narrowed(self, request, queryset, value):
        return queryset.filter(title="") if value == "without" else queryset.exclude(title="")


class SiteFilter(Folded):
    """The sites with the most sources."""

    title = _("site")
    parameter_name = "site"

    def lookups(self, request, model_admin):
        rows = Source.objects.order_by().values("site").annotate(count=Count("pk"))
        found = rows.exclude(site="").order_by("-count", "site").values_list("site", "count")[:SITES]
        return [(site, f"{site} ({count})") for site, count in found]

    def narrowed(self, request, queryset, value):
        return queryset.filter(site=value)


FILTERS = (AttentionFilter, TierFilter, LanguageFilter, CheckFilter, TitleFilter, SiteFilter)
