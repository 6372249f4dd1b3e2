"""Pages that lose nobody's work: who saves or deletes what somebody else changed meanwhile is refused, sees both sides,
and may save the merged version."""

from dataclasses import replace

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.merge.conflict import Merge, entered_anew, page_marks, without
from tracker.admin.merge.edition import SharedForm, count_the_save, edition
from tracker.admin.merge.opened import FIELD, Opened, decided, put, sealed, unsealed
from tracker.admin.merge.questions import in_table
from tracker.admin.mixed import Page
from tracker.admin.suggestions import is_id

# The input of a page that asks whether something is to be deleted.
EDITION = "edition"


class Shared(Page):
    """For a page of rows that several people may have open at once; its form is a `SharedForm`."""

    form = SharedForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_saveasnew" in request.POST:
            # Django would make a copy of the row, which no page of ours offers.
            request.POST = request.POST.copy()
            del request.POST["_saveasnew"]
        if request.method != "POST" or not is_id(object_id or ""):
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            row = self._locked(object_id)
            if row is not None and self.has_change_permission(request, row):
                self._merge(request, row)
            elif row is None and self.has_add_permission(request) and unsealed(request.POST, self._page(object_id)):
                return self._offer_again(request, extra_context)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        # The class is made for this request alone.
        form.refusal = getattr(request, "refusal", "")
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk and not add and self.has_change_permission(request, obj):
            opened = getattr(request, "opened", None) or self._as_saved(request, context, obj.pk)
            context |= {FIELD: sealed(opened, self._page(obj.pk)), "questions": in_table(opened.questions)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_view(self, request, object_id, extra_context=None):
        if not is_id(object_id):
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            row = self._locked(object_id)
            shown = {EDITION: edition(row)} if row is not None else {}
            allowed = row is not None and self.has_delete_permission(request, row)
            if request.method == "POST" and allowed and request.POST.get(EDITION) != shown[EDITION]:
                messages.error(request, _("“%(row)s” was changed meanwhile. Nothing was deleted.") % {"row": row})
                return HttpResponseRedirect(request.get_full_path())
            return super().delete_view(request, object_id, {**(extra_context or {}), **shown})

    def _merge(self, request, row) -> None:
        """Put the choices of an earlier merge into effect; and if the row was saved meanwhile, make
        the page that was sent say what both said."""
        opened = unsealed(request.POST, self._page(row.pk))
        data, waiting = decided(request.POST, opened.questions if opened else ())
        request.POST = data
        if data.get("version", "") == edition(row):
            if opened:
                request.opened = replace(opened, questions=waiting)
            if waiting:
                request.refusal = _("Choose a side wherever both of you changed the same. Nothing was saved yet.")
            return
        form, formsets = self._pages(request, row)
        merge = Merge(form, formsets, data, without(opened.marks if opened else None, waiting))
        request.POST = merge.data
        request.opened = merge.opened(edition(row), form, formsets, waiting)
        if not request.opened.questions:
            # Both made the same of it.
            put(request.POST, "version", [edition(row)])

    def _offer_again(self, request, extra_context):
        """The row was deleted while its page was open: the page comes back as that of a new one."""
        lists = [formset for formset, _inline in self.get_formsets_with_inlines(request)]
        request.POST = entered_anew(request.POST, lists)
        request.refusal = _("Somebody deleted this after you had opened it. Saving enters it anew.")
        address = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, address, extra_context)

    def _as_saved(self, request, context, pk) -> Opened:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        row = form.instance
        if form.is_bound:
            row = self.model._base_manager.get(pk=pk)
            form, formsets = self._pages(request, row)
        return Opened(edition(row), page_marks(form, formsets))

    def _pages(self, request, row):
        """The unbound form and lists of the row as the database has it."""
        form = self.get_form(request, row, change=True)(instance=row)
        lists = self.get_formsets_with_inlines(request, row)
        return form, [
            formset(instance=row, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in lists
        ]

    def _locked(self, object_id: str):
        return self.model._base_manager.select_for_update(of=("self",)).filter(pk=object_id).first()

    def _page(self, pk) -> str:
        return f"{self.opts.model_name}.{pk}"


class SharedRow(Shared):
    """A page of one row that counts its saves, and of a list where several may be deleted at once."""

    actions = ("delete_unchanged",)
    delete_selected_confirmation_template = "admin/delete_unchanged.html"

    def save_model(self, request, obj, form, change):
        # What nobody changed is not saved: it would refuse somebody else's work for nothing.
        if change and not form.changed_data:
            return
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)
        if change:
            count_the_save(obj, form.cleaned_data["version"], request.user)

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete the selected rows"))
    def delete_unchanged(self, request, queryset):
        """Django's own deed, refused for all rows if one of them was changed since the page that asks was shown."""
        with transaction.atomic():
            rows = self.model._base_manager.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in queryset])
            changed = [row for row in rows if request.POST.get(f"{EDITION}-{row.pk}") != edition(row)]
            if request.POST.get("post") and changed:
                names = ", ".join(str(row) for row in changed)
                messages.error(request, _("Changed meanwhile: %(names)s. Nothing was deleted.") % {"names": names})
                return None
            return actions.delete_selected(self, request, queryset)
