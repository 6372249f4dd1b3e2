"""What an item of a feed says: as HTML for its content, and in one plain text for its summary."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from timeline.formats.signs import safe
from timeline.scene.feed import Feed, Item
from timeline.scene.feed_words import when_words
from timeline.scene.source_words import text_words
from tracker.given import given


def content(item: Item, feed: Feed) -> str:
    """The HTML, every word of it escaped; it needs no style."""
    language = feed.extract.language
    context = {"item": item, "entry": item.entry, "change": item.change, "language": language}
    if item.entry:
        context |= {"state": text_words(item.entry, language), "when": when_words(item.entry, language)}
    return safe(render_to_string("feed/change.html" if item.change else "feed/event.html", context))


def summary(item: Item, feed: Feed) -> str:
    """The plain text: of an event its summary; of a change its date, status and sources before and after, the names of
    all else that differs, and the reason."""
    one = item.change
    if one is None:
        return safe(given(item.entry).text.summary)
    told, lines = one.difference, []
    if told.before is None and told.after is not None:
        lines = [when_words(told.after, feed.extract.language), told.after.text.summary]
    for part in filter(None, (told.date, told.status, *told.sources)):
        lines.append(f"{_('%(name)s:') % {'name': part.name}} {' → '.join(filter(None, (part.old, part.new)))}")
    if one.parts:
        names = dict.fromkeys(str(part.name) for part in one.parts)
        lines.append(_("Changed: %(names)s") % {"names": ", ".join(names)})
    return safe("\n".join([*lines, *filter(None, [one.row.reason])]))
