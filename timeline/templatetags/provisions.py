"""What the page of the treaty clock says of a rule: whether it was checked, and how it was read."""

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.provision import Provision

register = template.Library()

# How a rule was read is a free text of the desk; these are the ones that the shipped rules use.
READ = {
    "as quoted": gettext_lazy("Not yet checked: read as quoted"),
    "in a copy": gettext_lazy("Not yet checked: read in a copy"),
    "in full": gettext_lazy("Not yet checked: read in full"),
    "opening words only": gettext_lazy("Not yet checked: only the opening words were read"),
    "not read": gettext_lazy("Not yet checked: the wording was not read"),
}


@register.simple_tag
def how_read(rule: Provision) -> str:
    """That a rule was not compared with the official text yet, and how it was read."""
    if not rule.read:
        return _("Not yet checked")
    known = READ.get(rule.read)
    return str(known) if known else format_html('{} <span lang="en">({})</span>', _("Not yet checked"), rule.read)
