"""The choices of the filter form, each with whether the query has it."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from timeline.query import hidden_fields
from tracker import labels
from tracker.search import folded
from tracker.vocabulary import Country, Order, Significance

register = template.Library()

# What the form has a field for; the rest of the query it carries along unseen.
FIELDS = {
    "q", "country", "kind", "topic", "as_of", "status", "significance", "actor", "from", "to", "order",
}  # fmt: skip
LEFT_BEHIND = {"cursor", "event"}


@register.simple_tag(takes_context=True)
def country_choices(context) -> list[tuple[str, str, bool]]:
    """The three countries; a filter that a checkbox cannot say (only:CA) is added as a choice of its own."""
    asked = context["asked"].query.country
    involved = {one.countries[0] for one in asked if not one.only}
    found = [(country.value, str(labels.COUNTRIES[country]), country in involved) for country in Country]
    for one in asked:
        if one.only:
            names = ", ".join(str(labels.COUNTRIES[country]) for country in one.countries)
            found.append((str(one), _("only %(countries)s") % {"countries": names}, True))
    return found


@register.simple_tag(takes_context=True)
def choices(context, name: str) -> list[tuple[str, str, bool]]:
    """The choices of one select. Several values at once come as one choice, so that the form keeps them."""
    asked = context["asked"]
    options = _options(asked, name)
    chosen = dict(asked.query.pairs).get(name, "")
    if "," in chosen:
        words = ", ".join(words for value, words in options if value in chosen.split(","))
        options = [*options, (chosen, words)]
    return [(value, words, value == chosen) for value, words in options]


def _options(asked, name: str) -> list[tuple[str, str]]:
    match name:
        case "kind":
            return [(kind.value, str(words)) for kind, words in labels.KINDS.items()]
        case "change":
            return [(kind.value, str(words)) for kind, words in labels.CHANGES.items()]
        case "status":
            return [(standing.value, str(words)) for standing, words in labels.STANDINGS.items()]
        case "significance":
            return [(weight.slug, str(labels.SIGNIFICANCES[weight])) for weight in reversed(Significance)]
        case "order":
            orders = [order for order in Order if order != Order.RELEVANCE or asked.query.q]
            return [(order.value, str(labels.ORDERS[order])) for order in orders]
        case "topic":
            return list(asked.vocabulary.names("topics", get_language()).items())
    names = asked.vocabulary.names("actors", get_language()).items()
    return sorted(names, key=lambda pair: folded(pair[1]))


@register.simple_tag(takes_context=True)
def fault(context, name: str):
    """What is wrong with a field of a refused address; None if nothing is. The field keeps what was typed."""
    return next((one for one in context.get("faults", ()) if one.name == name), None)


@register.simple_tag(takes_context=True)
def more_open(context) -> bool:
    """Whether one of the folded fields is in use, or at fault."""
    names = {name for name, _value in context["asked"].query.pairs} | {one.name for one in context.get("faults", ())}
    return bool(names & {"status", "significance", "actor", "from", "to", "order"})


@register.simple_tag(takes_context=True)
def kept_fields(context, *asked_for: str) -> list[tuple[str, str]]:
    """What of the query a form has no field for: that of the filters, or one that asks for other parameters."""
    return hidden_fields(context["asked"].query, without=set(asked_for) or FIELDS | LEFT_BEHIND)
