"""Fields that suggest rows while one types: an answer in words to any value that is sent, and no event for itself."""

from urllib.parse import urlencode

from django.contrib.admin.widgets import AutocompleteSelect
from django.forms import Select
from django.utils.html import format_html

LEFT_OUT = "not"
# Catalogues short enough to stand in the page whole; a source comes in by its address.
LISTED = frozenset({"topic", "place", "actor"})


class Suggestions(AutocompleteSelect):
    """`leave_out` is the id of a row that is not suggested."""

    leave_out = None

    def get_url(self):
        query = f"?{urlencode({LEFT_OUT: self.leave_out})}" if self.leave_out else ""
        return super().get_url() + query

    def optgroups(self, name, value, attr=None):
        # A value that is no id is refused by the field; asking the database for it would be a fault.
        return super().optgroups(name, [one for one in value if is_id(str(one))], attr)

    def render(self, name, value, attrs=None, renderer=None):
        """With the whole list beside it where nothing suggests: of two fields of one name the last one counts."""
        field = super().render(name, value, attrs, renderer)
        if self.field.name not in LISTED:
            return field
        plain = Select({"aria-label": self.field.verbose_name}, self.choices).render(name, value, renderer=renderer)
        return format_html("{}<noscript>{}</noscript>", field, plain)


class Suggesting:
    """For a page or its rows: the fields of `autocomplete_fields` are `Suggestions`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Suggestions(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def is_id(text: str) -> bool:
    """Whether the text may be the id of a row: what a bigint holds, in the digits of the database."""
    return text.isascii() and text.isdecimal() and len(text) <= 18
