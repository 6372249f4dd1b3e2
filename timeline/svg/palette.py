"""The colours of the pictures: the tokens of static/site/site.css, light and dark. A test holds them to it."""

from dataclasses import dataclass

from tracker.vocabulary import Family, Theme


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for, as in the style sheet; `families` by the value of the family."""

    paper: str
    wash: str
    future: str
    ink: str
    soft: str
    edge: str
    hair: str
    rule: str
    families: dict[Family, str]


LIGHT = Palette(
    paper="#fff",
    wash="#f4f5f3",
    future="#f3f5f6",
    ink="#15191d",
    soft="#535b63",
    edge="#7d858c",
    hair="#dcdfe0",
    rule="#aeb5ba",
    families={Family.LAW: "#1f3f7a", Family.TALKS: "#00736a", Family.TARIFFS: "#ad4208", Family.VIEWS: "#5a5f68"},
)
DARK = Palette(
    paper="#12171b",
    wash="#1a2126",
    future="#182026",
    ink="#eceef0",
    soft="#a6afb7",
    edge="#78848e",
    hair="#2d363d",
    rule="#5b666f",
    families={Family.LAW: "#9db8f5", Family.TALKS: "#5ccabc", Family.TARIFFS: "#f59a62", Family.VIEWS: "#b4bac2"},
)


def palette(theme: Theme | None) -> Palette:
    """The colours of a theme; a file cannot ask its reader's screen, so whatever is not dark is light."""
    return DARK if theme == Theme.DARK else LIGHT
