"""Writers at the desk, each with events of its own and a seed: they save, publish, correct, retract, add and import,
and note of each write whether the site acknowledged it."""

import threading
from dataclasses import dataclass, field
from random import Random

from tests.admin_form import event_post, rows
from tests.chaos.editor import Editor, Lost, add, deed, import_file, save
from tests.imports import csv_file, new_row

ROWS = 10  # of an imported file
# How often each is done, of a hundred.
ACTS = {"save": 24, "publish": 30, "backdate": 6, "correct": 12, "retract": 10, "add": 8, "import": 10}
DEEDS = ("publish", "backdate", "correct", "retract")


@dataclass
class Write:
    """One thing written. `token` names it in what it writes; `event` is the number of its event, 0 for new ones.
    `state`: acknowledged, lost (nobody knows) or refused, in words."""

    act: str
    token: str
    event: int
    state: str = "lost"

    @property
    def counts(self) -> int:
        """How many events it writes."""
        return ROWS if self.act == "import" else 1


@dataclass
class Ledger:
    """All that was written by all writers, in the order in which each of them wrote. `wanted`: so many acknowledged."""

    wanted: int
    writes: list[Write] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, write: Write) -> None:
        with self.lock:
            self.writes.append(write)

    @property
    def acknowledged(self) -> int:
        with self.lock:
            return sum(write.counts for write in self.writes if write.state == "acknowledged")

    def of(self, *acts: str) -> list[Write]:
        return [write for write in self.writes if write.act in acts]


class Writer(threading.Thread):
    """Writes until the ledger has what is wanted, or `stop` is set."""

    def __init__(self, name: str, editor: Editor, events: list[int], ledger: Ledger, stop: threading.Event):
        super().__init__(name=name)
        self.editor, self.events, self.ledger, self.stop = editor, events, ledger, stop
        self.chance = Random(name)
        self.count = 0
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.stop.is_set() and self.ledger.acknowledged < self.ledger.wanted:
                self._next()
        except BaseException as fault:  # Told by the test, in its own thread.
            self.fault = fault
            self.stop.set()

    def _next(self) -> None:
        act = self.chance.choices(list(ACTS), list(ACTS.values()))[0]
        self.count += 1
        event = 0 if act in ("add", "import") else self.chance.choice(self.events)
        write = Write(act, f"{self.name}-{self.count}", event)
        self.ledger.add(write)
        try:
            self._do(write)
            write.state = "acknowledged"
        except Lost:
            self.stop.wait(0.1)
        except AssertionError as refusal:
            write.state = str(refusal)

    def _do(self, write: Write) -> None:
        token, event = write.token, write.event
        match write.act:
            case "save":
                save(self.editor, event, **{"texts-0-title": f"Title {token}."})
            case "publish" | "retract":
                deed(self.editor, event, write.act, reason=f"Reason {token}.")
            case "backdate":
                since = f"2026-01-{self.chance.randint(10, 28)}"
                deed(self.editor, event, "publish", reason=f"Reason {token}.", since=since)
            case "correct":
                first, last = sorted(self.chance.sample(range(1, 28), 2))
                days = {"day": f"2026-03-{first:02}", "end_day": f"2026-03-{last:02}"}
                deed(self.editor, event, "correct", reason=f"Reason {token}.", **days)
            case "add":
                text = {"language": "en", "title": f"Title {token}.", "label": token, "summary": "Words."}
                add(self.editor, event_post(slug=token) | rows("texts", text))
            case "import":
                file = csv_file(*(new_row(slug=f"{token}-row-{row}", title_en=f"Row {row}") for row in range(ROWS)))
                import_file(self.editor, f"{token}.csv", file)
