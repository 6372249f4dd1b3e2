"""Fields that suggest rows while one types: an answer in words to any value that is sent, and no event for itself."""

from urllib.parse import urlencode

from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tracker.admin.mixed import Part

LEFT_OUT = "not"
_SELECTED = mark_safe(" selected")
# Catalogues short enough to stand in the page whole; a source comes in by its address.
LISTED = frozenset({"topic", "place", "actor"})


class Suggestions(AutocompleteSelect):
    """`leave_out` is the id of a row that is not suggested."""

    leave_out = None

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Shared by the copies that the rows of a page have: the list is the same in each.
        self.listed: list[tuple[str, SafeString]] = []

    def get_url(self):
        query = f"?{urlencode({LEFT_OUT: self.leave_out})}" if self.leave_out else ""
        return super().get_url() + query

    def optgroups(self, name, value, attr=None):
        # A value that is no id is refused by the field; asking the database for it would be a fault.
        return super().optgroups(name, [one for one in value if is_id(str(one))], attr)

    def create_option(self, name, value, label, *args, **options):
        # HTML asks a list for words in each option; an empty one stands for no choice.
        return super().create_option(name, value, label or "–", *args, **options)

    def render(self, name, value, attrs=None, renderer=None):
        """With the whole list beside it where nothing suggests: of two fields of one name the last one counts."""
        field = super().render(name, value, attrs, renderer)
        if self.field.name not in LISTED:
            return field
        return format_html("{}<noscript>{}</noscript>", field, self._plain(name, value))

    def _plain(self, name, value) -> SafeString:
        if not self.listed:
            self.listed += [(str(key), conditional_escape(words)) for key, words in self.choices]
        chosen = str(value) if value else ""
        marked = ((key, _SELECTED if key == chosen else "", words) for key, words in self.listed)
        options = format_html_join("", '<option value="{}"{}>{}</option>', marked)
        label = self.field.verbose_name
        return format_html('<select name="{}" aria-label="{}">{}</select>', name, label, options)


class Suggesting(Part):
    """For a page or its rows: the fields of `autocomplete_fields` are `Suggestions`."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", Suggestions(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def is_id(text: str) -> bool:
    """Whether the text may be the id of a row: what a bigint holds, in the digits of the database."""
    return text.isascii() and text.isdecimal() and len(text) <= 18
