"""What is proposed for a source that the desk does not know yet: publisher, language and tier, from those it knows."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Reverse

from tracker.models.catalogue import Source
from tracker.sources.address import host
from tracker.vocabulary import Language, Tier

# So many of a domain tell as much as all of them.
MOST = 1_000
# Whoever publishes below these is an authority, and what it says of itself is official.
_AUTHORITIES = (
    *("gov", "mil", "gc.ca", "canada.ca", "parl.ca", "ourcommons.ca", "sencanada.ca", "gouv.qc.ca", "quebec.ca"),
    *("ontario.ca", "alberta.ca", "gov.bc.ca", "gov.ab.ca", "gov.sk.ca", "saskatchewan.ca", "gov.mb.ca", "gnb.ca"),
    *("novascotia.ca", "gov.nl.ca", "princeedwardisland.ca", "yukon.ca", "gov.nt.ca", "gov.nu.ca", "canadagazette.ca"),
    *(
        "gob.mx",
        "banxico.org.mx",
        "inegi.org.mx",
        "ift.org.mx",
        "wto.org",
        "europa.eu",
        "un.org",
        "oecd.org",
        "imf.org",
    ),
)
_LANGUAGES = {
    Language.SPANISH: ("mx", "es", "ar", "cl", "co", "pe", "uy", "py", "bo", "ec", "cr", "gt", "sv", "hn", "ni", "pa"),
    Language.FRENCH: ("gouv.qc.ca", "quebec.ca", "fr"),
    Language.ENGLISH: ("gov", "mil", "gc.ca", "canada.ca", "us", "uk", "au", "nz", "ie"),
}
_WORDS = {
    **dict.fromkeys(("en", "eng", "english"), Language.ENGLISH),
    **dict.fromkeys(("es", "spa", "espanol"), Language.SPANISH),
    **dict.fromkeys(("fr", "fra", "francais"), Language.FRENCH),
}
# A whole part of the path, its last word, or a parameter: within a title, "en" is a word of Spanish and of French.
_TOLD = re.compile(
    rf"(?:/|[/._-](?=[a-z]+(?:[.][a-z]+)?$)|[?&](?:lang|language|idioma|langue)=)"
    rf"({'|'.join(_WORDS)})(?:[-_][a-z]{{2}})?(?=/|[.][a-z]+$|[?&]|$)"
)
# Below a country, these stand for a kind of owner and not for one.
_SHARED = {"com", "co", "org", "net", "gov", "gob", "gc", "gouv", "edu", "ac", "go", "nic", "or"}


@dataclass(frozen=True)
class Proposal:
    """Each empty where nothing can be said; `known` is how many sources it was taken from."""

    publisher: str = ""
    language: str = ""
    tier: str = ""
    known: int = 0


def propose(url: str) -> Proposal:
    """What the desk would enter for a new source at the address. One query, nothing of the network."""
    site = _site(host(url))
    if not site:
        return Proposal()
    domain = _domain(site)
    kin = list(_of_domain(domain, site).values_list("site", "url", "publisher", "language", "tier"))
    # An address further down a known site belongs to it; the neighbours of a site only if all of them are one.
    same = [row for row in kin if _below(site, row[0]) and row[0] != ""]
    near = _nearest(url, same)
    language = _language(url, site) or _most(row[3] for row in near) or _only(row[3] for row in kin)
    spoken = [row for row in near if row[3] == language] or near
    return Proposal(
        publisher=_most(row[2] for row in spoken) or _agreed(kin),
        language=language,
        tier=_most(row[4] for row in near)
        or (Tier.PRIMARY if _is_of(site, _AUTHORITIES) else _only(r[4] for r in kin)),
        known=len(same) or len(kin),
    )


def _of_domain(domain: str, site: str) -> QuerySet:
    """The newest sources of a domain and what is below it, those of the site first."""
    backwards = Source.objects.alias(backwards=Reverse("site"))
    rows = backwards.filter(Q(site=domain) | Q(backwards__startswith=f".{domain}"[::-1]))
    return rows.order_by(Case(When(site=site, then=0), default=1), "-pk")[:MOST]


def _nearest(url: str, rows: list[tuple]) -> list[tuple]:
    """The rows of the same part of the site, where it has parts (www.gob.mx/se, canada.ca/en/department-finance);
    all of them otherwise."""
    for depth in (2, 1):
        begins = _first_parts(url, depth)
        if begins and (found := [row for row in rows if _first_parts(row[1], depth) == begins]):
            return found
    return rows


def _first_parts(url: str, depth: int) -> list[str]:
    parts = [part for part in urlsplit(url).path.lower().split("/") if part]
    return parts[:depth] if len(parts) > depth else []


def _language(url: str, site: str) -> str:
    """The language that the address itself tells."""
    parts = urlsplit(url.lower())
    for text in (parts.path, f"?{parts.query}"):
        if found := _TOLD.search(text):
            return _WORDS[found[1]]
    first = site.partition(".")[0]
    if first in set(Language):
        return Language(first)
    return next((language for language, names in _LANGUAGES.items() if _is_of(site, names)), "")


def _site(name: str) -> str:
    return name.removeprefix("www.")


def _below(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


def _is_of(name: str, domains: Iterable[str]) -> bool:
    return any(_below(name, domain) for domain in domains)


def _domain(site: str) -> str:
    """The part of the name that one owner has: ustr.gov, gob.mx's se.gob.mx, pm.gc.ca."""
    labels = site.split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED
    return ".".join(labels[-3:] if shared else labels[-2:])


def _most(values: Iterable[str]) -> str:
    """The most common; of several the first."""
    found = Counter(value for value in values if value).most_common(1)
    return found[0][0] if found else ""


def _only(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _agreed(kin: list[tuple]) -> str:
    """The publisher of all neighbours, if there are at least two sites: one alone may be a tenant of the domain."""
    return _only(row[2] for row in kin) if len({row[0] for row in kin}) > 1 else ""
