"""The forms of the desk as a browser fills and sends them: fields read from a page, and rows of the event's form."""

import re
from html.parser import HTMLParser

from django.urls import reverse

PREFIXES = ("texts", "eventtopic_set", "citations", "participations", "remarks", "announced", "acts", "links")


class _Fields(HTMLParser):
    """Reads what a browser would send of every form but the one that signs out."""

    def __init__(self):
        super().__init__()
        self.found, self.inside, self.area, self.select = {}, False, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") != "logout-form"
        elif not self.inside:
            return
        elif tag == "input" and attrs.get("name") and attrs.get("type") not in {"submit", "button"}:
            if attrs.get("type") not in {"checkbox", "radio"} or "checked" in attrs:
                boxed = attrs.get("type") == "checkbox"
                self._add(attrs["name"], attrs.get("value") or ("on" if boxed else ""), many=boxed)
        elif tag == "textarea" and attrs.get("name"):
            self.area = attrs["name"]
            self.found[self.area] = ""
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and self.select and "selected" in attrs:
            self.found[self.select] = attrs["value"]

    def _add(self, name, value, *, many):
        if many and value != "on":
            self.found.setdefault(name, []).append(value)
        else:
            self.found[name] = value

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.area:
            # A browser drops the first line end of a text area; Django writes one there.
            self.found[self.area] = self.found[self.area].removeprefix("\r\n").removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data


def fields_of(response) -> dict:
    """What the page would send if it were sent as it is: name to value, boxes of one name to a list."""
    reader = _Fields()
    reader.feed(response.content.decode())
    return {name: value for name, value in reader.found.items() if "__prefix__" not in name}


def errors(response) -> str:
    """The words of every error on the page."""
    found = re.findall(r'<ul class="errorlist[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    return " ".join(found).replace("&quot;", '"').replace("&#x27;", "'")


def page_of(event) -> str:
    """The address of the event's form."""
    return reverse("admin:tracker_event_change", args=[event.pk])


def rows(prefix: str, *values: dict) -> dict:
    """New rows of an inline of the event's form."""
    posted = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(values):
        defaults = {"state": "draft"} if prefix == "texts" else {}
        posted |= {f"{prefix}-{number}-{name}": value for name, value in (defaults | row).items()}
    return posted


def event_post(**fields) -> dict:
    """A new event as the form sends it, fit to be saved but for its slug or title."""
    posted = {"kind": "statement", "status": "occurred", "significance": "1", "date": "2025-06-01", "stage": "draft"}
    for prefix in PREFIXES:
        posted |= rows(prefix)
    return posted | {"countries": ["CA"]} | fields
