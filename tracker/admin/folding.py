"""Search at the desk: words found in any case and without accents, and the agreement under each of its names."""

import re

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value

from tracker.search import folded

# What people write; names that `folded` takes as one are found by each other.
_NAMES = (
    *("USMCA", "CUSMA", "T-MEC", "T MEC", "TMEC", "ACEUM", "NAFTA 2.0", "NAFTA", "TLCAN", "ALENA"),
    *("United States", "U.S.", "U. S.", "U.S.A.", "USA", "Estados Unidos", "EE.UU.", "EE. UU.", "EEUU"),
    *("États-Unis", "É.-U.", "DOF", "Diario Oficial", "Official Gazette", "G7", "G-7", "G20", "G-20"),
)
# Without the synonyms: as the database folds.
_MARKS = "̀-ͯ"


class Folded(Func):
    """The columns as one text, in lower case and without accents."""

    output_field = TextField()
    # Decomposed first: the database's "lower" may know ASCII alone.
    template = (
        "replace(replace(translate(lower(regexp_replace(normalize(concat_ws(' ', %(expressions)s), NFD),"
        f" '[{_MARKS}]', '', 'g')), '’–—\u00a0', '''-- '), 'œ', 'oe'), 'Œ', 'oe')"
    )


def _plain(name: str) -> str:
    return name.lower().replace("é", "e")


def _same() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in _NAMES:
        groups.setdefault(folded(name).strip(), []).append(_plain(name))
    return groups


SAME = _same()
_TERM = re.compile("|".join([r'"([^"]+)"', *(rf"(?<!\w){re.escape(name)}(?!\w)" for name in SAME), r"[^\s\"]+"]))


def terms(words: str) -> list[str]:
    """The words, phrases in "…" and known names that are asked for, folded; all of them must be found."""
    text = folded(words.replace("\0", " "))
    return [match[1] or match[0] for match in _TERM.finditer(text)]


def found(rows: QuerySet, term: str, *columns) -> QuerySet:
    """The rows in whose columns (names or expressions) the term stands; a known name under any of its forms."""
    rows = rows.alias(folded_text=Folded(*columns))
    if term in SAME:
        names = "|".join(re.escape(name) for name in {term, *SAME[term]})
        return rows.filter(folded_text__regex=rf"(?<![[:alnum:]])(?:{names})(?![[:alnum:]])")
    return rows.filter(folded_text__contains=term)


def of_event(rows: QuerySet, term: str, *columns) -> Exists:
    """Whether one of the rows of an event has the term."""
    return Exists(found(rows.filter(event=OuterRef("pk")).order_by(), term, *columns))


def joined(column: str) -> Func:
    """An array of words as one text."""
    return Func(F(column), Value(" "), function="array_to_string", output_field=TextField())


def any_of(*conditions) -> Q:
    """One of the conditions at least."""
    whole = Q()
    for condition in conditions:
        whole |= Q(condition)
    return whole


class FoldedSearch:
    """For a page: its search box folds; `search_fields` are columns of the row itself, or arrays named in `arrays`."""

    arrays = ()

    def get_search_results(self, request, queryset, search_term):
        columns = [joined(name) if name in self.arrays else name for name in self.search_fields]
        for term in terms(search_term):
            queryset = found(queryset, term, *columns)
        return queryset, False
