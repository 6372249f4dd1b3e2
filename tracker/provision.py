"""A provision: what the public is told of one rule of the agreement or of domestic law. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule in one language. `slug` is the id that `tracker.clock.Rule` names, where the clock applies it.

    `party` is empty for the agreement itself. `address` is that of the official text, `read_at` where it was read and
    `read` how ("as quoted", "in a copy", "not read" …); `checked`: an editor compared it with the official text on
    `checked_on`. `uncertain` tells what the text leaves open; `language` is that of the texts shown.
    """

    slug: str
    citation: str
    summary: str
    uncertain: str
    language: str
    party: str
    address: str
    read_at: str
    read: str
    checked: bool
    checked_on: date | None


def in_language(words: dict[str, str], language: str) -> tuple[str, str]:
    """The words in the language, else in English, with the language that they are in."""
    own = words.get(language, "")
    return (own, language) if own else (words.get("en", ""), "en")
