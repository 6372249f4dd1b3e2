"""How many characters a text of an event's form takes: said under its field, and counted while one types."""

from django import forms
from django.utils.translation import gettext as _


def tell_the_limit(field: forms.Field) -> None:
    """Too long a text is refused in words: `maxlength` would cut what is pasted, and say nothing."""
    limit = field.widget.attrs.pop("maxlength", None)
    if limit:
        field.widget.attrs["data-limit"] = limit
        words = _("At most %(limit)s characters.") % {"limit": limit}
        field.help_text = f"{field.help_text} {words}" if field.help_text else words
