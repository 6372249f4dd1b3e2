"""What a row of another program says of an event, in the desk's terms: a part of it, in one language.

Beside columns of ours it may have `urls` (addresses to add to the sources) and `groups` (words that may be topics).
"""

import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

from tracker.cells import plain
from tracker.models.desk import LABEL_LENGTH

TITLE_LENGTH, SUMMARY_LENGTH, KEY_LENGTH = 120, 900, 200
_BLOCKS = {"br", "p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
_UNSEEN = {"script", "style", "template", "head"}
_SENTENCE_END = re.compile(r"[.!?…][”\"»’)]*\s")


@dataclass
class Foreign:
    """`key` names the row in its own program; `faults` and `warnings` are triples of a column of the file, what
    stands there, and what is wrong."""

    key: str
    said: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str, str]] = field(default_factory=list)

    def set_texts(self, language: str, title: str, text: str, column: str) -> None:
        """Title and summary in the language. What is too long is cut at a word or sentence, and stands whole in the
        note for editors."""
        title, summary = " ".join(title.split()), text
        if len(title) > TITLE_LENGTH or len(summary) > SUMMARY_LENGTH:
            self.said["desk_note"] = plain(f"{title}\n\n{summary}")
            title, summary = _cut_at_word(title, TITLE_LENGTH), _cut_at_sentence(summary, SUMMARY_LENGTH)
            words = _("Too long for an event, it was cut; the whole stands in the note for editors.")
            self.warnings.append((column, summary[:60], words))
        self.said |= {f"title_{language}": title, f"summary_{language}": summary}
        if len(title) <= LABEL_LENGTH:
            self.said[f"label_{language}"] = title


def key_of(program: str, *parts: str) -> str:
    """A name for the row that stays the same in the next file: what its program calls it, or a digest of `parts`."""
    whole = f"{program}:{'|'.join(parts)}"
    if len(parts) == 1 and len(whole) <= KEY_LENGTH:
        return whole
    return f"{program}:{hashlib.sha256(whole.encode()).hexdigest()}"


def without_markup(text: str) -> tuple[str, list[str]]:
    """The text that a browser would show of the HTML, and the addresses that it links to."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = ("".join(reader.pieces)).split("\n")
    shown = "\n".join(" ".join(line.split()) for line in lines)
    return plain(re.sub(r"\n{3,}", "\n\n", shown)), reader.links


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag, attrs):
        if tag in _UNSEEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag == "a":
            self.links += [value.strip() for name, value in attrs if name == "href" and is_address(value)]

    def handle_endtag(self, tag):
        if tag in _UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS and tag != "br":
            self.pieces.append("\n")

    def handle_data(self, data):
        if not self._hidden:
            self.pieces.append(data)


def is_address(text: str | None) -> bool:
    """Whether the text is an address of the web."""
    return text is not None and text.strip().lower().startswith(("http://", "https://"))


def _cut_at_word(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def _cut_at_sentence(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text[:limit])]
    return text[: ends[-1]].strip() if ends else _cut_at_word(text, limit)
