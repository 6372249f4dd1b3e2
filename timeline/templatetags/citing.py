"""The citation of the page that is being written."""

from zoneinfo import ZoneInfo

from django import template
from django.conf import settings

from timeline.query import canonical
from timeline.scene.cite import READS, Cited, cite, permanent, title
from timeline.templatetags.words import PAGE_OF, filter_words, here
from tracker.given import given
from tracker.moment import moment

register = template.Library()
ZONE = ZoneInfo(settings.RECORD_ZONE)


@register.simple_tag(takes_context=True)
def cited(context) -> Cited | None:
    """How the page is cited; None where there is no permanent address of it."""
    asked = context["asked"]
    if asked.pin is None:
        return None
    match = context["request"].resolver_match
    page = PAGE_OF.get(match.url_name, match.url_name)
    bound = permanent(page, asked.bound)
    opened = context.get("entry" if page == "event" else "opened")
    filters = "" if opened or page in READS else filter_words(context)
    now = asked.moment.now
    then = moment(now=now, zone=ZONE, as_of=bound.as_of, recorded=bound.recorded)
    return cite(
        match.kwargs.get("slug", page),
        title(page, bound, asked.language, opened=opened.text.title if opened else "", filters=filters),
        f"{settings.SITE_URL}{here(context)}?{canonical(bound)}",
        bound,
        # A view that does not follow the day must not say which day it is.
        accessed=asked.moment.today if asked.moment.is_now else given(bound.recorded).astimezone(ZONE).date(),
        counted=then.today,
        language=asked.language,
        zone=ZONE,
    )
