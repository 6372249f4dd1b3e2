"""What a change of a source, person, place, topic or rule means for the events that use it: the record goes on saying
it the old way until they are published again, and the desk must know."""

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.admin.mixed import Page
from tracker.models.desk import Event
from tracker.stages import AT_A_TIME, settle_all


class Used(Page):
    """For a page: `used_as` are the names by which events refer to its row."""

    used_as: tuple[str, ...] = ()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            self._tell(request, self._outdated(obj))

    def _outdated(self, obj) -> int:
        """How many events said what the record says until now; their stage is put right."""
        using = (Event.objects.filter(**{name: obj}).order_by().values("pk") for name in self.used_as)
        ids = next(using).union(*using).values_list("pk", flat=True)
        return settle_all(ids.iterator(chunk_size=AT_A_TIME))

    def _tell(self, request, count: int) -> None:
        if not count:
            return
        words = ngettext(
            "%(count)d published event uses this. Readers see it as it was until the event is published again.",
            "%(count)d published events use this. Readers see it as it was until the events are published again.",
            count,
        ) % {"count": count}
        address = f"{reverse('admin:tracker_event_changelist')}?state=changed"
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, address, _("Show what changed")))
