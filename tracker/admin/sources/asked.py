"""The part of a source's row that is fetched when an address was pasted or a source chosen. Reads only."""

import json
import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tracker.admin.event.citation_form import DETAILS, PROPOSED, CitationForm
from tracker.admin.sources.card import archive_search, card, uses_of
from tracker.admin.sources.fields import AddressField
from tracker.admin.suggestions import is_id
from tracker.models.catalogue import Source
from tracker.sources.address import host
from tracker.sources.known import known
from tracker.sources.proposals import propose

_ROW = re.compile(r"([a-z_]{1,40}-(?:\d{1,4}|__prefix__))-address")


@require_safe
def source_asked(request):
    """The details of one row of sources, whose fields stand in the query under the names they have in the form."""
    if not request.user.has_perm("tracker.view_source"):
        raise PermissionDenied
    prefix = next((found[1] for name in request.GET if (found := _ROW.fullmatch(name))), "citations-0")
    typed = {
        name: request.GET.get(f"{prefix}-{name}", "").replace("\0", "")
        for name in ("address", "source", "event", "archived_url", "proposed", *DETAILS)
    }
    return TemplateResponse(request, "admin/tracker/event/source_details.html", _context(prefix, typed))


def _context(prefix: str, typed: dict[str, str]) -> dict:
    try:
        address, fault = AddressField(required=False).clean(typed["address"]), ""
    except ValidationError as error:
        address, fault = "", error.messages[0]
    source = known(address) if address else _chosen(typed["source"])
    if source is not None:
        event = int(typed["event"]) if is_id(typed["event"]) else None
        uses = uses_of([source.pk], leave_out=event).get(source.pk, [])
        return {"card": card(source, uses, language=get_language()), "taken": bool(address)}
    if not address:
        return {"fault": fault}
    return _new(prefix, address, typed)


def _chosen(text: str) -> Source | None:
    return Source.objects.filter(pk=text).first() if is_id(text) else None


def _new(prefix: str, address: str, typed: dict[str, str]) -> dict:
    proposal = propose(address)
    before = proposed_before(typed["proposed"])
    now = {name: str(getattr(proposal, name)) for name in PROPOSED}
    # What a person wrote stays; what was proposed for another address gives way.
    kept = {name: typed[name] for name in PROPOSED if typed[name] and typed[name] != before.get(name)}
    values = {name: typed[name] for name in ("title", "published", "archived_url")} | now | kept
    return {
        "form": CitationForm(prefix=prefix, initial=values | {"proposed": json.dumps(now)}),
        "site": host(address),
        "address": address,
        "archive": archive_search(address),
        "proposal": proposal,
    }


def proposed_before(text: str) -> dict[str, str]:
    """What an earlier fragment proposed, as the hidden field of the row says; nothing if it says no such thing."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {name: str(found[name]) for name in PROPOSED if name in found} if isinstance(found, dict) else {}
