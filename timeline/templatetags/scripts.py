"""The scripts of a page."""

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.small_static import SmallStaticFiles

register = template.Library()


@register.simple_tag
def integrity(name: str) -> SafeString:
    """The attribute that holds a script to its content, after a blank; nothing where files are served as they are
    written (tests, work on the code), since they change, and where the next release has taken the file away: a page
    without it is better than none."""
    if not isinstance(staticfiles_storage, SmallStaticFiles):
        return SafeString()
    try:
        return format_html(' integrity="{}"', staticfiles_storage.integrity(name))
    except FileNotFoundError:
        return SafeString()
