"""One source of an event as a row of its form: an address is pasted, and the desk adds what it knows or proposes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tracker.admin.event.date_field import DateWidget
from tracker.admin.event.rows import OrderedForm
from tracker.admin.sources.card import Card, card
from tracker.admin.sources.fields import AddressField, language_field
from tracker.labels import TIERS, choices
from tracker.models.catalogue import Source
from tracker.models.desk import Citation
from tracker.models.fields import DateInWords, today
from tracker.sources.address import host, key
from tracker.sources.known import hold_sources, known
from tracker.sources.proposals import propose

PROPOSED = ("publisher", "language", "tier")
DETAILS = (*PROPOSED, "title", "published")
_WIDE = {"class": "vTextField"}


class CitationForm(OrderedForm):
    """A row that is new names its source by `address` or by `source`; of an address that the desk does not know, the
    other fields become a new source. A row that is saved keeps its source, or takes another by `source`."""

    # The list that the row belongs to; the rows of a fragment have none.
    rows = None
    new_source = None

    address = AddressField(
        label=gettext_lazy("Address"),
        required=False,
        help_text=gettext_lazy("Paste the address of the page: what the desk knows of it is added."),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"), max_length=200, required=False, widget=forms.TextInput(attrs=_WIDE)
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_WIDE),
        help_text=gettext_lazy("Only as seen on the page."),
    )
    published = DateInWords(
        label=gettext_lazy("Published"),
        required=False,
        widget=DateWidget,
        help_text=gettext_lazy("In words or EDTF. Empty when no date was seen."),
    )
    language = language_field(required=False)
    tier = forms.ChoiceField(
        label=gettext_lazy("Tier"), choices=lambda: [("", "---------"), *choices(TIERS)], required=False
    )
    archived_url = AddressField(label=gettext_lazy("Archived copy"), required=False)
    # What the page proposed: a value that still says so gives way when the address is another.
    proposed = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Citation
        fields = ("source", "quote", "locator", "accessed_on", "position")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].required = bool(self.instance.pk)
        if not self.instance.pk:
            self.fields["source"].label = _("or one that the desk knows")
            self.initial.setdefault("accessed_on", today())

    def has_changed(self):
        # The day that stands in a new row by itself is no entry.
        return super().has_changed() and (bool(self.instance.pk) or not self.is_empty)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in a new row that says anything of a source."""
        names = ("address", "source", "quote", "locator", "archived_url", *DETAILS)
        return not any(str(self[name].value() or "").strip() for name in names)

    @property
    def card(self) -> Card | None:
        """What the desk knows of the row's source; None while that is none it knows."""
        source = self.instance.source if self.instance.pk else None
        if self.is_bound and self.is_valid_so_far:
            source = self.cleaned_data.get("source") or source
        if source is None or source.pk is None:
            return None
        uses: Any = self.rows.uses(source) if self.rows is not None else []
        return card(source, uses, language=get_language())

    @property
    def is_valid_so_far(self) -> bool:
        """Whether what is bound was read, with or without errors."""
        return hasattr(self, "cleaned_data")

    @property
    def shows_details(self) -> bool:
        """Whether the row comes back with the details of a source that the desk does not know."""
        if not self.is_bound or self.instance.pk or self.card:
            return False
        return bool(self.new_source) or any(self[name].value() for name in (*DETAILS, "archived_url"))

    @property
    def unseen_errors(self) -> list[str]:
        """The errors of fields that this row does not show: of a source that the desk knows, its card stands there."""
        if not self.is_bound or not self.card:
            return []
        unseen = {"archived_url", *DETAILS} | ({"address"} if self.instance.pk else set())
        if self.instance.pk and not self.instance.source.archived_url:
            unseen.discard("archived_url")
        return [str(words) for name, errors in self.errors.items() if name in unseen for words in errors]

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk and "address" not in self.errors and "source" not in self.errors:
            self._find_the_source(cleaned)
        source = cleaned.get("source")
        if source is not None and source.archived_url and cleaned.get("archived_url"):
            self._keep_the_copy(source, cleaned)
        return cleaned

    def _find_the_source(self, cleaned: dict) -> None:
        address, chosen = cleaned.get("address"), cleaned.get("source")
        if not address:
            if chosen is None:
                self.add_error("address", _("Paste the address of the source, or choose one that the desk knows."))
            return
        if chosen is not None:
            if key(chosen.url) != key(address):
                self.add_error("address", _("This is another source than the one chosen: keep one of the two."))
            return
        source = known(address)
        if source is None:
            hold_sources()
            source = known(address)
        if source is None:
            self._read_a_new_source(address, cleaned)
        else:
            self._take_the_known(source, cleaned)

    def _take_the_known(self, source: Source, cleaned: dict) -> None:
        differing = [name for name in DETAILS if cleaned.get(name) not in (None, "", getattr(source, name))]
        cleaned["source"] = source
        if differing:
            self._show_again(dict.fromkeys((*DETAILS, "proposed"), ""))
            self.add_error(
                "address",
                _(
                    "The desk knows this address already, as “%(source)s”, and says otherwise of it. Nothing was saved "
                    "yet: saving again takes it as the desk knows it. What is wrong there is changed on its own page."
                )
                % {"source": source},
            )

    def _keep_the_copy(self, source: Source, cleaned: dict) -> None:
        if cleaned["archived_url"] != source.archived_url:
            self.add_error(
                "archived_url",
                _("The desk has an archived copy of this source already; it is changed on its own page."),
            )

    def _read_a_new_source(self, address: str, cleaned: dict) -> None:
        if self.rows is not None and not self.rows.may_add:
            self.add_error("address", _("The desk does not know this address, and your account adds no sources."))
            return
        proposal = propose(address)
        found = {name: cleaned.get(name) or getattr(proposal, name) for name in PROPOSED if name not in self.errors}
        self._show_again(found)
        cleaned |= found
        self.new_source = Source(url=address, **{name: cleaned.get(name) or "" for name in (*DETAILS, "archived_url")})
        site = host(address)
        asked = {
            "publisher": _("Who published it? The desk knows nothing of %(site)s yet.") % {"site": site},
            "language": _("In which language is it?"),
            "tier": _("What is %(site)s: official, press, analysis or a digest?") % {"site": site},
        }
        missing = [name for name in PROPOSED if name in found and not found[name]]
        for name in missing:
            self.add_error(name, asked[name])
        try:
            self.new_source.full_clean(exclude={*missing, *self.errors}, validate_unique=False)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.add_error("address" if name == "url" else name, errors)

    def _show_again(self, values: dict) -> None:
        """Put values into the fields of the page that comes back, if it does."""
        data: Any = self.data  # what was sent, a QueryDict
        self.data = data = data.copy()
        for name, value in values.items():
            data[self.add_prefix(name)] = value
