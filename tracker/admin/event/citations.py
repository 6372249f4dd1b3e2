"""The sources of an event as rows of its form, and what saving them adds to the sources that the desk knows."""

from django.contrib import admin
from django.utils.functional import cached_property

from tracker.admin.event.citation_form import CitationForm
from tracker.admin.event.rows import OrderedFormSet
from tracker.admin.sources.card import uses_of
from tracker.admin.suggestions import Suggesting
from tracker.models.catalogue import Source
from tracker.models.desk import Citation
from tracker.signing.address import address_of
from tracker.sources.adding import add_archived_copy, add_source
from tracker.sources.address import key


class CitationFormSet(OrderedFormSet):
    """`may_add` says whether new addresses become sources; `by` and `client` are whom the log then names."""

    once = "source"
    may_add = False
    by = None
    client = None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.rows = self

    def row_of(self, form):
        return key(form.new_source.url) if form.new_source else super().row_of(form)

    def field_of(self, form):
        return "address" if form.cleaned_data.get("address") else super().field_of(form)

    @cached_property
    def _uses(self) -> dict:
        return uses_of([form.instance.source_id for form in self.initial_forms], leave_out=self.instance.pk)

    def uses(self, source: Source) -> list:
        """The other events that cite the source."""
        if any(form.instance.source_id == source.pk for form in self.initial_forms):
            return self._uses.get(source.pk, [])
        return uses_of([source.pk], leave_out=self.instance.pk).get(source.pk, [])

    def save_new(self, form, commit=True):
        if form.new_source is not None:
            form.instance.source = add_source(form.new_source, by=self.by, address=self.client)
        self._add_the_copy(form)
        return super().save_new(form, commit)

    def save_existing(self, form, obj, commit=True):
        self._add_the_copy(form)
        return super().save_existing(form, obj, commit)

    def _add_the_copy(self, form) -> None:
        copy = form.cleaned_data.get("archived_url")
        if copy and not form.instance.source.archived_url:
            add_archived_copy(form.instance.source, copy, by=self.by, address=self.client)


class CitationInline(Suggesting, admin.StackedInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    template = "admin/tracker/event/citations.html"
    fields = (
        *("address", "source", "publisher", "title", "published", "language", "tier", "archived_url", "proposed"),
        *("quote", "locator", "accessed_on", "position"),
    )
    autocomplete_fields = ("source",)
    # Without script, this is where the next one is entered.
    extra = 1

    class Media:
        css = {"all": ["desk/sources.css"]}
        js = ["desk/sources.js"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "quote":
            field.widget.attrs["rows"] = 2
        if db_field.name == "source":
            # A new one is entered in the row itself.
            for deed in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{deed}_related", False)
        return field

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # The class is made for this request alone.
        formset.may_add = request.user.has_perm("tracker.add_source")
        formset.by, formset.client = request.user, address_of(request)
        return formset
