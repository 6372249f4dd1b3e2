"""The files of the shipped record: where they are, and their content as plain values.

`tracker/data/` holds topics.json, actors.json, places.json, rules.json, and events/*.json (lists of objects).
An event lists its *states*, oldest first: what the public could know of it from a day (`known`) on, and by what that
day is told (`basis`, `basis_note`; written out by hand, nothing is computed). What an earlier state leaves out
(texts, sources, place, participants) is as in the event; its note is its own. `rule` (the id of a rule) and `remarks`
(what governments said: country, actor, words, quote, source, on) may be left out.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.loading.faults import Fault, Faulty, Subject

DATA = Path(__file__).resolve().parent.parent / "data"


@dataclass(frozen=True)
class Shipped:
    """The content of the files. `files` gives the name of the file of each event, by slug, for messages."""

    topics: list[dict]
    actors: list[dict]
    places: list[dict]
    rules: list[dict]
    events: list[dict]
    files: dict[str, str]

    @property
    def verified(self) -> list[dict]:
        """The events that are published, by id."""
        return [event for event in self.events if event["verified"]]


@dataclass(frozen=True)
class State:
    """One state of an event, complete: what it says itself joined with what it leaves to the event."""

    known: date
    status: str
    date: str
    reason: str
    place: str | None
    texts: dict[str, dict]
    participants: list[dict]
    sources: list[dict]
    announced: list[dict]
    acts: list[dict]
    remarks: list[dict]


def read(folder: Path = DATA) -> Shipped:
    """The files of the folder, unchecked but for being JSON lists. Raises Faulty for a file that is not."""
    events, files = [], {}
    for path in sorted((folder / "events").glob("*.json")):
        for event in _list(path):
            events.append(event)
            files[event.get("slug", "")] = f"events/{path.name}"
    rules = _content(folder / "rules.json")
    if not isinstance(rules, dict) or not isinstance(rules.get("rules"), list):
        raise Faulty([Fault(Subject("rules.json", ""), "rules", "the file must hold an object with this list")])
    return Shipped(
        topics=_list(folder / "topics.json"),
        actors=_list(folder / "actors.json"),
        places=_list(folder / "places.json"),
        rules=rules["rules"],
        events=sorted(events, key=lambda event: event.get("id", 0)),
        files=files,
    )


def states(event: dict) -> list[State]:
    """The event's states, oldest first. Each shows the announcements made by its day, with the source of one if the
    state shows that source; an act belongs to the states that tell of an event that has begun and are known no
    earlier than the act's day."""
    last = event["states"][-1]
    return [_state(event, state, final=state is last) for state in event["states"]]


def _state(event: dict, state: dict, *, final: bool) -> State:
    known = date.fromisoformat(state["known"])
    note = event["note"] if final else state.get("note")
    texts = state.get("texts") or event["texts"]
    urls = state.get("sources")
    names = state.get("participants")
    sources = [row for row in event["sources"] if urls is None or row["url"] in urls]
    occurred = state["status"] == "occurred"
    return State(
        known=known,
        status=state["status"],
        date=state["date"],
        reason=state["reason"],
        place=state.get("place", event["place"]),
        texts={code: {**text, "note": (note or {}).get(code, "")} for code, text in texts.items()},
        participants=[row for row in event["participants"] if names is None or row["actor"] in names],
        sources=sources,
        announced=[_announced(row, sources) for row in event["announced"] if date.fromisoformat(row["on"]) <= known],
        remarks=[
            row
            for row in event.get("remarks", ())
            if row["source"] in [source["url"] for source in sources] and date.fromisoformat(row["on"]) <= known
        ],
        acts=[act for act in event["acts"] if occurred and date.fromisoformat(act["day"]) <= known],
    )


def _announced(row: dict, sources: list[dict]) -> dict:
    """The announcement, without its source where that is shown by later states only: it may have come out later."""
    shown = row["source"] in [source["url"] for source in sources]
    return row if shown else {**row, "source": None}


def _content(path: Path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Faulty([Fault(Subject(path.name, ""), "file", str(error))]) from error


def _list(path: Path) -> list[dict]:
    content = _content(path)
    if not isinstance(content, list):
        raise Faulty([Fault(Subject(path.name, ""), "file", "it must hold a JSON list")])
    return content
