"""A whole answer as it is kept: its headers, what it was made from, its body in each coding; to bytes and back."""

import json
import zlib
from dataclasses import dataclass
from datetime import datetime

from tracker.models.standing import Standing

A_DAY = 86_400  # seconds: as long a copy may stand in for what cannot be made
# What is told of the body as it is sent, each time anew.
OF_EACH = ("Content-Length", "Content-Encoding", "Last-Modified", "Age")
_MARK = b"usmca-answer 1\n"


@dataclass(frozen=True, slots=True)
class Keep:
    """How an answer may be kept: the token of what it was made from, empty for what stands for ever; and the instant at
    which its bytes last changed, None where nobody can tell."""

    token: str
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of status 200. `modified` and `at`, when it was made, are seconds of the epoch."""

    headers: tuple[tuple[str, str], ...]
    etag: str
    token: str
    modified: float | None
    at: float
    bodies: dict[str, bytes]
    face: str = ""  # The name of its address, for who counts: what is kept is given before any address is resolved.

    def stands(self, standing: Standing | None) -> bool:
        """Whether it is still what the view would answer."""
        return not self.token or (standing is not None and self.token == standing.token)

    def is_good(self, now: datetime) -> bool:
        """Whether it may stand in for what cannot be made."""
        return now.timestamp() - self.at <= A_DAY

    @property
    def size(self) -> int:
        """Bytes, about."""
        return sum(map(len, self.bodies.values())) + 2000

    def to_bytes(self) -> bytes:
        """A line of JSON and the bodies, behind a mark and a sum over all of it."""
        head = {
            "headers": self.headers,
            "etag": self.etag,
            "token": self.token,
            "modified": self.modified,
            "at": self.at,
            "face": self.face,
            "bodies": [[coding, len(body)] for coding, body in self.bodies.items()],
        }
        rest = b"\n".join((json.dumps(head).encode(), b"".join(self.bodies.values())))
        return _MARK + b"%08x\n" % zlib.crc32(rest) + rest


def from_bytes(kept: bytes) -> Answer:
    """The answer that `to_bytes` wrote. ValueError for anything else."""
    begin = len(_MARK) + 9
    if not kept.startswith(_MARK) or kept[len(_MARK) : begin] != b"%08x\n" % zlib.crc32(kept[begin:]):
        raise ValueError("no answer, or a broken one")
    end = kept.index(b"\n", begin)
    head = json.loads(kept[begin:end])
    bodies, at = {}, end + 1
    for coding, length in head["bodies"]:
        bodies[coding] = kept[at : at + length]
        at += length
    headers = tuple((name, value) for name, value in head["headers"])
    return Answer(headers, head["etag"], head["token"], head["modified"], head["at"], bodies, head["face"])
