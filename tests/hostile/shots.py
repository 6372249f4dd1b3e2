"""Hostile requests by a seed: the same seed and number give the same request, whatever was asked before it."""

# ruff: noqa: E501 - rows of payloads, which nobody reads one by one.

import gzip
import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.hostile.heads import FORM, HEADERS, TYPES
from tests.hostile.places import Place
from tests.hostile.values import MARK, TEXTS, value
from tests.hostile.wires import broken
from timeline.query.table import PARAMETERS

# What single faces read beside the grammar, what the pages of signing in and the desk read, and what nobody does.
ALSO = (
    "on",
    "w",
    "page",
    "bom",
    "url",
    "format",
    "maxwidth",
    "maxheight",
    "full",
    "in",
    "embed",
    "next",
    "lang",
    "edit",
)
ALSO += (
    "_popup",
    "_to_field",
    "o",
    "p",
    "all",
    "e",
    "status__exact",
    "utm_source",
    "callback",
    "_",
    "zqfuzz",
    "__proto__",
)
NAMES = (*(one.name for one in PARAMETERS), *ALSO)
GOOD = (
    "country=CA",
    "kind=statement",
    "q=review",
    "as_of=2026-01-01",
    "from=2025",
    "to=2026-21",
    "lang=fr",
    "look=list",
    "limit=5",
)
GOOD += (
    "a=2025-09-17",
    "b=2026-01-01",
    "step=confirmed:all:2029-07-01",
    "reading=literal",
    "order=oldest",
    "layers=links",
)
METHODS = (
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "HEAD",
    "CONNECT",
    "PROPFIND",
    "PURGE",
    "QUERY",
    "ZQFUZZ",
)
METHODS += ("get", "gEt", "G", "GET2", "M-SEARCH", "X" * 300)
KINDS = {"parameters": 50, "paths": 12, "headers": 14, "methods": 7, "bodies": 8, "signing in": 2, "broken": 4}


@dataclass(frozen=True, slots=True)
class Shot:
    """One request. `names`: of the parameters that it writes; `sound`: an HTTP request that a server must answer, and
    with it the application; `wire`, where it is not `sound`: all its bytes."""

    number: int
    kind: str
    path: str = "/"
    query: str = ""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    names: tuple[str, ...] = ()
    wire: bytes = b""
    answers: int = 1

    @property
    def sound(self) -> bool:
        return not self.wire

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def bytes(self, host: str) -> bytes:
        """The request as it goes over the wire to that host."""
        if self.wire:
            return self.wire.replace(b"{host}", host.encode())
        headers = list(self.headers)
        if not any(name.lower() == "host" for name, _value in headers):
            headers.insert(0, ("Host", host))
        if self.body or self.method in ("POST", "PUT", "PATCH"):
            headers.append(("Content-Length", str(len(self.body))))
        lines = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {one}" for name, one in headers)]
        return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + self.body

    def __str__(self) -> str:
        shown = f"{self.method} {self.target}" if self.sound else repr(self.wire[:160])
        return f"{self.kind} {self.number}: {shown[:200]}" + (f" {dict(self.headers)}"[:200] if self.headers else "")


def shot(seed: str, number: int, places: Sequence[Place]) -> Shot:
    """The request of that number."""
    chance = random.Random(f"{seed}:{number}")
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    return _MAKERS[kind](chance, number, _place(chance, places))


def _place(chance: random.Random, places: Sequence[Place]) -> Place:
    """Of public addresses three times as many as of the desk's; a file that takes long to make now and then."""
    desk = chance.random() < 0.25
    while True:
        place = chance.choice(places)
        if place.desk is desk and (not place.costly or chance.random() < 0.06):
            return place


def _query(chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """A query string, and the names in it."""
    if chance.random() < 0.02:
        name, count = chance.choice(NAMES), chance.choice((101, 999, 1_001, 4_000))
        return "&".join(f"{name}={number}" for number in range(count)), (name,) * count
    pieces, names = [], []
    for _ in range(chance.choices((1, 2, 3, 6, 12), (55, 20, 12, 9, 4))[0]):
        name = chance.choice(NAMES)
        pieces.append(f"{name}{chance.choice(('', '', '', '', '', '[]', '[0]', '.a', '%00'))}={value(chance)}")
        names.append(name)
        if chance.random() < 0.08:
            pieces.append(f"{name}={value(chance)}")
    pieces += chance.sample(GOOD, chance.choice((0, 0, 1, 2)))
    if chance.random() < 0.05:
        pieces.insert(0, f"{value(chance)}={value(chance)}")
    chance.shuffle(pieces)
    return chance.choices(("&", ";", "&&"), (95, 2, 3))[0].join(pieces), tuple(names)


def _parameters(chance: random.Random, number: int, place: Place) -> Shot:
    query, names = _query(chance)
    return Shot(number, "parameters", place.path, query, names=names)


def _paths(chance: random.Random, number: int, place: Place) -> Shot:
    """An address that is nearly one: with more in it, doubled, turned, badly encoded, long."""
    path, bad = place.path, value(chance)
    parts = path.strip("/").split("/")
    parts[chance.randrange(len(parts))] = bad
    path = chance.choice((
        f"{path}{bad}", f"/{bad}{path}", "/" + "/".join(parts) + "/", f"/{path}", path.replace("/", "//"), path.rstrip("/"),
        path.replace("/", "%2f"), path.replace("/", "/./"), f"{path}../../", path.replace("/", "\\"), f"{path};zqfuzz=1/",
        f"{path}%00", f"{path}%2e%2e%2f{bad}", path.upper(), f"{path}" + "a/" * chance.choice((50, 2_000)), f"{path}.json",
        f"{path}%3fkind=x", f"{path}%20", f"/events/{bad}/", f"/es/events/{bad}/card/", f"/embed/{bad}/", f"/static/{bad}",
        f"/api/v1/events/{bad}/", f"//evil.example{path}", f"/{bad}/", f"/accounts/{bad}", f"/admin/{bad}",
    ))  # fmt: skip
    return Shot(number, "paths", path if path.startswith("/") else f"/{path}")


def _header(chance: random.Random) -> tuple[str, str]:
    """One header. Only signs that may stand in a line of HTTP: what may not is of the kind "broken"."""
    name = chance.choice(list(HEADERS))
    if name != "Host" and chance.random() < 0.15:
        text = "".join(sign for sign in chance.choice(TEXTS) if sign.isprintable())[:3_000].strip()
        return name, chance.choice((text, text, "zqfuzz<>", "\xff\xfe\xe9", "a" * 8_000, "", ",", ";", '"', "0"))
    return name, chance.choice(HEADERS[name])


def _headers(chance: random.Random, number: int, place: Place) -> Shot:
    found = [_header(chance) for _ in range(chance.choice((1, 1, 2, 4, 30)))]
    hosts = [one for one in found if one[0] == "Host"][:1]
    rest = [one for one in found if one[0] != "Host"]
    if chance.random() < 0.1:
        rest += rest[:1]  # Twice the same.
    return Shot(number, "headers", place.path, chance.choice(("", "", *GOOD)), headers=(*hosts, *rest))


def _methods(chance: random.Random, number: int, place: Place) -> Shot:
    query = chance.choice(("", "", f"{chance.choice(NAMES)}={value(chance)}"))
    return Shot(
        number, "methods", place.path, query, chance.choice(METHODS), body=chance.choice((b"", b"", b"zqfuzz=1"))
    )


def _body(chance: random.Random) -> tuple[str, bytes]:
    """A body and the type that it claims to have."""
    part = f'--zqfuzz\r\nContent-Disposition: form-data; name="login"; filename="../<{MARK}>\0"\r\n\r\n'.encode()
    bodies = (
        b"", b"\x00", b"\xff" * 300, b"{", b'{"a":' * 2_000, b"[" * 20_000, b'{"login":{"$gt":""}}', b"null", b"1e999", b"<a>" * 900,
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>', b"&" * 5_000, b"=" * 5_000,
        b"a=1&" * 1_200, b"login=" + b"a" * 300_000, b"a" * 3_000_000, b"%00=%00&%ff=%ff", b"login=%ed%a0%80&password=%00", part,
        part + b"x\r\n--zqfuzz--\r\n", part * 150, b"--zqfuzz", b"--zqfuzz\r\n\r\n", gzip.compress(b"a" * 900_000, mtime=0), b"PK\x03\x04zqfuzz",
    )  # fmt: skip
    return chance.choice(TYPES), chance.choice(bodies)


def _bodies(chance: random.Random, number: int, place: Place) -> Shot:
    claimed, body = _body(chance)
    headers = [("Content-Type", claimed)] if claimed else []
    if chance.random() < 0.2:
        headers.append(("Content-Encoding", chance.choice(("gzip", "deflate", "zqfuzz"))))
    method = chance.choices(("POST", "PUT", "GET", "HEAD", "DELETE"), (70, 10, 10, 5, 5))[0]
    return Shot(number, "bodies", place.path, "", method, tuple(headers), body)


def _signing_in(chance: random.Random, number: int, _place: Place) -> Shot:
    """A form that is sent with its token, from an address of its own: one client would soon be told to wait."""
    paths = (
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/2fa/webauthn/login/",
        "/admin/login/",
        "/accounts/login/",
    )
    names = ("login", "password", "next", "email", "remember", "credential", "code", "key", MARK)
    fields = [(name, value(chance)) for name in names if chance.random() < 0.7]
    token = "A" * 32
    body = "&".join([f"csrfmiddlewaretoken={token}", *(f"{name}={one}" for name, one in fields)]).encode()
    client = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    headers = (("Content-Type", FORM), ("Cookie", f"csrftoken={token}"), ("X-Forwarded-For", client))
    query = chance.choice(("", f"next={value(chance)}", f"next={value(chance)}&lang={value(chance)}"))
    return Shot(number, "signing in", chance.choice(paths), query, "POST", headers, body)


def _broken(chance: random.Random, number: int, place: Place) -> Shot:
    wire, answers = broken(chance, place.path)
    return Shot(number, "broken", place.path, wire=wire, answers=answers)


_MAKERS = {
    "parameters": _parameters, "paths": _paths, "headers": _headers, "methods": _methods, "bodies": _bodies,
    "signing in": _signing_in, "broken": _broken,
}  # fmt: skip
