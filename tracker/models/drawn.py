"""What a drawing asks of the record: many statements, of each only what a drawing needs."""

from django.db.models import F, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, NullIf

from tracker.brief import Brief, LinkRef
from tracker.edtf import parse
from tracker.models.rows import Rows
from tracker.vocabulary import Country, Kind, Language, LinkType, Significance, Status

_COUNTRIES = {member.value: member for member in Country}
_KINDS = {member.value: member for member in Kind}
_STATUSES = {member.value: member for member in Status}
_LINKS = {member.value: member for member in LinkType}
_WEIGHTS = {member.value: member for member in Significance}


class Drawn(Rows):
    """The part of the record's query set that reads briefs."""

    def briefs(self, language: str, *, links: bool = False, most: int | None = None) -> list[Brief]:
        """The rows as briefs, by permanent id: the label in the language, else its title, else those in English; with
        their links only if asked for. `most`: no more than so many of them."""
        own, english = _words(language), _words(Language.ENGLISH)
        rows = (
            self.order_by("event")
            .annotate(own=own, english=english, date=KT("content__date"), announced=F("content__announced"))
            .values_list(
                "event", "slug", "own", "english", "date", "status", "kind", "significance", "countries", "topics",
                "announced", *(["content__links"] if links else []),
            )
        )  # fmt: skip
        return [_brief(language, *row) for row in rows[:most]]


def _words(language: str) -> Coalesce:
    label, title = (KT(f"content__texts__{language}__{part}") for part in ("label", "title"))
    return Coalesce(NullIf(label, Value("", output_field=TextField())), title, output_field=TextField())


def _brief(
    language, event, slug, own, english, date, status, kind, significance, countries, topics, announced, links=()
) -> Brief:
    return Brief(
        event,
        slug,
        own or english,
        language if own else Language.ENGLISH.value,
        parse(date),
        _STATUSES[status],
        _KINDS[kind],
        _WEIGHTS[significance],
        tuple(_COUNTRIES[code] for code in countries),
        tuple(topics),
        tuple(parse(said["date"]) for said in announced),
        tuple(LinkRef(_LINKS[link["type"]], link["event"]) for link in links),
    )
