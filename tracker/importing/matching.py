"""Which event of the desk a row is: by its number or slug, by its name in its own program; and which it resembles."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _
from rapidfuzz.fuzz import token_set_ratio

from tracker import edtf
from tracker.importing.faults import Fault
from tracker.models.desk import Event
from tracker.models.importing import ImportRow, Origin
from tracker.models.record import Address
from tracker.search import indexable
from tracker.vocabulary import Language

# How alike two titles of one day are when a person would ask whether they are one event.
ALIKE = 80
# Before accents and the names of the agreement are folded.
ROUGHLY = 55


class Known:
    """The events that some rows may be, found once for all of them."""

    def __init__(self, ids: Iterable[str | None], slugs: Iterable[str | None]):
        by_id = Event.objects.filter(pk__in={int(one) for one in ids if one}).values_list("pk", "slug")
        by_slug = Event.objects.filter(slug__in={one for one in slugs if one}).values_list("pk", "slug")
        self.slugs = {**dict(by_id.order_by()), **dict(by_slug.order_by())}
        self.ids = {slug: pk for pk, slug in self.slugs.items()}

    def event(self, values: dict) -> int | None:
        """The event that the row names, or None for a new one. Raises Fault if its number and slug disagree, or if
        nothing has the number."""
        number, slug = values.get("id"), values.get("slug")
        if not number:
            return self.ids.get(slug) if slug else None
        if int(number) not in self.slugs:
            raise Fault(
                _("The desk has no event %(number)s. Leave the number of a new event empty.") % {"number": number}, "id"
            )
        if slug and self.slugs[int(number)] != slug:
            raise Fault(
                _("Event %(number)s has the slug %(slug)s: number and slug must be of one event.")
                % {"number": number, "slug": self.slugs[int(number)]},
                "slug",
            )
        return int(number)


def origins(keys: Iterable[str]) -> dict[str, Origin]:
    """Where events came from, by the names that their own program has for them."""
    return {origin.key: origin for origin in Origin.objects.filter(key__in=set(keys))}


class Slugs:
    """Slugs for some new events: none that an event, the record or another row of the same file has. `said` are what
    the rows say: of all slugs, which are many, only those are asked for that these rows may get."""

    def __init__(self, batch, said: Iterable[dict]):
        self._rows = ImportRow.objects.filter(batch=batch)
        self._asked: set[str] = set()
        self._taken: set[str] = set()
        self._of_record: set[str] = set()
        self._ask({values.get("slug") or proposed(values) for values in said})

    def _ask(self, slugs: set[str]) -> None:
        """Learn which of these are taken: three queries."""
        self._asked |= slugs
        for rows in (self._rows, Event.objects.all()):
            self._taken |= set(rows.order_by().filter(slug__in=slugs).values_list("slug", flat=True))
        self._of_record |= set(Address.objects.filter(slug__in=slugs).values_list("slug", flat=True))

    def propose(self, values: dict) -> str:
        """A slug from the title, the English one first; from the date if there is none that can be spelt."""
        slug = base = proposed(values)
        number = 1
        while slug in self._taken or slug in self._of_record:
            number += 1
            slug = f"{base}-{number}"
            if slug not in self._asked:
                # Twice as far each time: many rows of one title cost few questions.
                self._ask({f"{base}-{further}" for further in range(number, 2 * number + 8)} - self._asked)
        self._taken.add(slug)
        return slug

    def check(self, slug: str) -> None:
        """Raises Fault for a slug that the record keeps for another event."""
        if slug in self._of_record:
            raise Fault(_("The slug %(slug)s stands on the record for another event.") % {"slug": slug}, "slug")


def proposed(values: dict) -> str:
    """The slug that a row would have if it were the only one."""
    titles = [values.get(f"title_{language}", "") for language in Language]
    base = next((slug for title in titles if (slug := slugify(title)[:76].strip("-"))), "")
    return base or f"event-{slugify(values.get('date', ''))[:60]}".strip("-")


class Resembling:
    """The events of the desk on some days, to tell which title a new row resembles."""

    def __init__(self, days: Iterable[date | None]):
        rows = Event.objects.filter(earliest__in={day for day in days if day})
        self._titles = defaultdict(list)
        for pk, day, slug, title in rows.order_by("pk").values_list("pk", "earliest", "slug", "texts__title"):
            if title:
                self._titles[day].append((pk, title, slug))

    def warning(self, values: dict) -> str:
        """In words, the event that the row may be; empty if none is like it."""
        day = first_day(values)
        titles = [title for language in Language if (title := values.get(f"title_{language}"))]
        for _pk, title, slug in self._titles[day]:
            if any(_alike(title, one) for one in titles):
                return _("The desk may have this already, on the same day: “%(title)s” (%(slug)s).") % {
                    "title": title,
                    "slug": slug,
                }
        return ""


def _alike(known: str, title: str) -> bool:
    # Folding takes longer than comparing, and nearly no two titles are alike even roughly.
    if not token_set_ratio(known.lower(), title.lower(), score_cutoff=ROUGHLY):
        return False
    return token_set_ratio(indexable(known), indexable(title)) >= ALIKE


def first_day(values: dict) -> date | None:
    """The first day of the row's date, if it has one."""
    return edtf.parse(values["date"]).earliest if values.get("date") else None
