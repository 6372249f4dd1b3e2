"""The scripts of the desk's forms, and the list of what is wrong. Every form works without the scripts."""

from django import forms

from tracker.admin.faults import faults
from tracker.admin.mixed import Page

SCRIPTS = ("leaving", "counter", "session", "keys", "names")


class Guarded(Page):
    """For a page: its form warns before work that is not saved is left or sent after the session ended, counts the
    signs of limited texts, is saved by keys, and names its faults at the top."""

    @property
    def media(self):
        return super().media + forms.Media(js=[f"desk/{name}.js" for name in SCRIPTS])

    def render_change_form(self, request, context, *args, **kwargs):
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["faults"] = faults(context["adminform"].form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)
