"""A citation for programs that keep literature: BibTeX and RIS. Pure text in, text out.

The words come from titles that people typed, so whatever they hold must stay within its field.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

# Braces by name: BibTeX counts them even where LaTeX would not, and one alone would end the field.
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}
_LANGUAGES = {"en": "english", "es": "spanish", "fr": "french"}
# Control characters, line and paragraph separators: a field is one line.
_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. `address` is the whole permanent address; `issued` the day of the record that it is bound to,
    `accessed` the day it was read; `note` says in words what it is bound to; `name` is a few letters for the key."""

    title: str
    site: str
    address: str
    note: str
    issued: date
    accessed: date
    language: str
    name: str

    @property
    def key(self) -> str:
        """The same for the same address, and of letters, digits and hyphens alone."""
        name = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")
        return f"usmca-{name}-{hashlib.sha256(self.address.encode()).hexdigest()[:8]}"


def bibtex(cited: Citation) -> str:
    """The entry for BibTeX and BibLaTeX. Accents stay as they are; the address is not escaped, as both take it
    literally."""
    fields = {
        # The second braces keep capitals, and a name of several words whole.
        "title": f"{{{latex(cited.title)}}}",
        "author": f"{{{latex(cited.site)}}}",
        "year": f"{cited.issued:%Y}",
        "url": cited.address,
        "urldate": cited.accessed.isoformat(),
        "note": latex(cited.note),
        "langid": _LANGUAGES[cited.language],
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{cited.key},\n{''.join(lines)}}}\n"


def ris(cited: Citation) -> str:
    """The entry in RIS, for reference managers."""
    fields = (
        ("TY", "ELEC"),
        ("TI", cited.title),
        ("AU", cited.site),
        ("PY", f"{cited.issued:%Y}"),
        ("DA", f"{cited.issued:%Y/%m/%d}"),
        ("UR", cited.address),
        ("Y2", f"{cited.accessed:%Y/%m/%d}"),
        ("N1", cited.note),
        ("LA", cited.language),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {in_one_line(value)}\n" for tag, value in fields)


def latex(words: str) -> str:
    """The words as LaTeX prints them: no sign of theirs is a command, a comment or the end of the field."""
    return "".join(_LATEX.get(sign, sign) for sign in in_one_line(words))


def in_one_line(words: str) -> str:
    """The words with each stretch of white space, and whatever a reader cannot see, as one space."""
    return _BREAKS.sub(" ", words).strip()
