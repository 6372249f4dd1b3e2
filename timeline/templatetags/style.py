"""The style sheets that stand within a page."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tracker.inline_style import STYLES

register = template.Library()


@register.simple_tag
def inline_style(name: str) -> SafeString:
    """A style sheet of `tracker.inline_style` as a `<style>` element. In work on the code (DEBUG) it is linked, so that
    what is changed shows at once. Raises KeyError for another name: the content policy would not allow it."""
    text = STYLES[name]
    if settings.DEBUG:
        # Asked for as a stranger would, since a sandboxed frame is one: else the sheet's own policy would keep it out.
        return format_html('<link rel="stylesheet" href="{}" crossorigin="anonymous">', static(name))
    return format_html("<style>{}</style>", mark_safe(text))
