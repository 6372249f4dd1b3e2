"""Finds the interface's strings in the source and keeps the translations (.po) in step; needs no gettext programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

SOURCES = (("tracker", "*.py"), ("timeline", "*.py"), ("templates", "*.html"), ("templates", "*.txt"))
# A function to the places of its message, its plural, and its context (c), as babel wants them.
KEYWORDS = {
    name + lazy: places
    for name, places in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for lazy in ("", "_lazy")
} | {"_": None, "gettext_noop": None}
PLURALS = {"es": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One string of the interface, and the files it stands in, relative to the project's folder."""

    text: str
    plural: str
    context: str | None
    files: tuple[str, ...]

    @property
    def key(self) -> Key:
        return self.context, self.text


def find_messages(root: Path) -> list[Message]:
    """The strings of the project in the folder `root`, each once, in the order of the files and their lines."""
    found: dict[Key, Message] = {}
    for folder, pattern in SOURCES:
        for path in sorted((root / folder).rglob(pattern)):
            file = path.relative_to(root).as_posix()
            for text, plural, context in _strings(path):
                known = found.get((context, text), Message(text, "", context, ()))
                files = known.files if file in known.files else (*known.files, file)
                found[known.key] = Message(text, known.plural or plural, context, files)
    return list(found.values())


def _strings(path: Path) -> Iterator[tuple[str, str, str | None]]:
    """The text, plural and context of each call in one file."""
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        # What templatize leaves is no Python: indented at will.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    # A token past the end keeps calls on the last line whole.
    code = BytesIO(f"{source}\n".encode())
    for _line, texts, _comments, context in extract("python", code, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        text, plural = (texts if isinstance(texts, tuple) else (texts, ""))[:2]
        if text:
            yield text, plural, context


def update_translations(root: Path, source: Path) -> list[Message]:
    """Brings one .po file up to date with the project in `root`; gives the messages that still want a translation.

    Translations are kept, new strings come in empty, strings that are gone go. References name files without lines, so
    that a change elsewhere leaves the file as it is.
    """
    language = source.parent.parent.name
    known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(source))} if source.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "USMCA Joint Review Tracker",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    messages = find_messages(root)
    entries = [_entry(message, known.get(message.key)) for message in messages]
    catalogue.extend(entries)
    source.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(source))
    return [message for message, entry in zip(messages, entries, strict=True) if not entry.translated()]


def faults(root: Path, source: Path) -> list[str]:
    """What keeps one .po file from being whole for the project in `root`: strings that it does not have, or has without
    a translation, or that the project has no more. Changes nothing."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(source))} if source.exists() else {}
    messages = {message.key: message for message in find_messages(root)}
    found = []
    for key, message in messages.items():
        entry = known.get(key)
        if entry is None or entry.msgid_plural != message.plural:
            found.append(f"{message.files[0]}: not in the file: {message.text}")
        elif not entry.translated():
            found.append(f"{message.files[0]}: without translation: {message.text}")
    return found + [
        f"in the file, and nowhere else: {text}" for context, text in known if (context, text) not in messages
    ]


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    """A line of the catalogue with the translation known so far."""
    entry = polib.POEntry(
        msgid=message.text,
        msgid_plural=message.plural,
        msgctxt=message.context,
        occurrences=[(file, "") for file in message.files],
    )
    if known is not None:
        entry.tcomment = known.tcomment
        entry.flags = [flag for flag in known.flags if flag == "fuzzy"]
    if message.plural:
        entry.msgstr_plural = known.msgstr_plural if known and known.msgid_plural else {0: "", 1: ""}
    elif known is not None:
        entry.msgstr = known.msgstr
    return entry
