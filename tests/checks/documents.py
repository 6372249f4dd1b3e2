"""What the documents promise of the project itself: that their links lead somewhere, and that the files, the goals of
`make` and the commands of `manage.py` that they name are there."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

DOCUMENTS = ("*.md", "docs/*.md")
# A path may begin at the top, or within the part of the project that the text is about.
_ENDINGS = "py md html css js toml txt in sh po conf service timer yml yaml json csv"
_FILE = re.compile(rf"[\w.-]+(?:/[\w.-]+)*\.(?:{'|'.join(_ENDINGS.split())})")
_FOLDER = re.compile(r"(?:tracker|timeline|templates|static|tests|locale|docs|deploy|bin|benchmarks)/(?:[\w.-]+/)*")
_GOAL = re.compile(
    r"(?:^|&& |; |\$ |sudo |[A-Z_]=\S+ )\s*make (?:-\w+ )*((?:[A-Z_]+=\S+ )*)([a-z][a-z-]*)", re.MULTILINE
)
_COMMAND = re.compile(r"manage\.py ([a-z_]+)([^\n;&|#]*)")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
# What a document may name though it lies elsewhere: a file that a reader asks the site for, and what is packed in it.
_MADE = re.compile(
    r"(?:events|feed|changes|histories|timeline|manifest|record|sources|openapi|vocabulary)[\w.-]*"
    r"|README\.txt|(?:postgresql|pg_hba)\.conf"
)


@dataclass(frozen=True)
class Document:
    """One file of Markdown, by its path from the top of the project."""

    path: PurePosixPath
    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        return MarkdownIt("commonmark").enable("table").parse(self.text)

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The anchors of its headings, as GitHub makes them: a second heading alike has -1, and so on."""
        found: dict[str, None] = {}
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if before.type == "heading_open":
                words = "".join(part.content for part in token.children or () if part.type in ("text", "code_inline"))
                anchor = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
                number = 0
                while (name := f"{anchor}-{number}" if number else anchor) in found:
                    number += 1
                found[name] = None
        return frozenset(found) | frozenset(re.findall(r'<a (?:id|name)="([^"]+)"', self.text))

    def links(self) -> Iterator[tuple[int, str]]:
        """The line and the target of each link and picture."""
        for line, token in self._inline():
            target = token.attrGet("href" if token.type == "link_open" else "src")
            if token.type in ("link_open", "image") and isinstance(target, str):
                yield line, target

    def code(self) -> Iterator[tuple[int, str, bool]]:
        """The line, the text of each piece of code, and whether it stands within a sentence."""
        for line, token in self._inline():
            if token.type == "code_inline":
                yield line, token.content, True
        for token in self.tokens:
            if token.type in ("fence", "code_block"):
                yield (token.map or [0])[0] + 1, token.content, False

    def _inline(self) -> Iterator[tuple[int, Token]]:
        for token in self.tokens:
            for child in token.children or ():
                yield (token.map or [0])[0] + 1, child


def documents(root: Path) -> list[Document]:
    """The documents of the project in the folder `root`."""
    found = sorted(path for pattern in DOCUMENTS for path in root.glob(pattern))
    return [Document(PurePosixPath(path.relative_to(root).as_posix()), path.read_text("utf-8")) for path in found]


def goals(root: Path) -> frozenset[str]:
    """The goals of the Makefile."""
    return frozenset(re.findall(r"^([a-z][a-z-]*):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))


def faults(
    pages: Collection[Document],
    files: Collection[str],
    goals: Collection[str],
    commands: Mapping[str, Collection[str]],
) -> list[str]:
    """What the documents name that is not there, one line each. `files`: the paths of the project, from its top;
    `commands`: those of `manage.py`, each with its options."""
    by_path = {page.path.as_posix(): page for page in pages}
    folders = {parent.as_posix() + "/" for file in files for parent in PurePosixPath(file).parents}
    ends = {f"/{file}" for file in files}
    found = []
    for page in pages:
        for line, target in page.links():
            found += [f"{page.path}:{line}: {fault}" for fault in _of_link(page, target, by_path, files, folders)]
        for line, text, in_sentence in page.code():
            told = [*_of_goals(text, goals), *_of_commands(text, commands)]
            told += _of_paths(text, ends, folders) if in_sentence else []
            found += [f"{page.path}:{line}: {fault}" for fault in told]
    return found


def _of_link(
    page: Document, target: str, pages: Mapping[str, Document], files: Collection[str], folders: Collection[str]
) -> Iterator[str]:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        if parts.scheme not in ("http", "https", "mailto"):
            yield f"the link {target} has a scheme that nobody expects"
        return
    path = page.path.as_posix()
    if parts.path:
        path = _joined(page.path.parent, unquote(parts.path))
        if path not in files and path.rstrip("/") + "/" not in folders:
            yield f"the link {target} leads to no file"
            return
    if parts.fragment and path in pages and unquote(parts.fragment) not in pages[path].anchors:
        yield f"the link {target} leads to no heading of {path}"


def _joined(folder: PurePosixPath, path: str) -> str:
    steps: list[str] = [step for step in folder.parts if step != "."]
    for step in path.split("/"):
        if step == ".." and steps:
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _of_goals(text: str, goals: Collection[str]) -> Iterator[str]:
    for match in _GOAL.finditer(text):
        if match[2] not in goals:
            yield f"`make {match[2]}` is no goal of the Makefile"


def _of_commands(text: str, commands: Mapping[str, Collection[str]]) -> Iterator[str]:
    for match in _COMMAND.finditer(text):
        if match[1] not in commands:
            yield f"`manage.py {match[1]}` is no command"
            continue
        for option in _OPTION.findall(match[2]):
            if option not in commands[match[1]]:
                yield f"`manage.py {match[1]}` has no option {option}"


def _of_paths(text: str, ends: Collection[str], folders: Collection[str]) -> Iterator[str]:
    if _FOLDER.fullmatch(text) and text not in folders:
        yield f"`{text}` is no folder of the project"
    ours = _FILE.fullmatch(text) and not _MADE.fullmatch(text.rpartition("/")[2]) and not text.startswith("var/")
    if ours and not any(end.endswith(f"/{text}") for end in ends):
        yield f"`{text}` is no file of the project"
