"""Which system user runs the embedded server, and how a command is started as that user.

PostgreSQL refuses to run as root. So root starts it as the owner of an existing data folder, else as `postgres`, else
as `nobody`. No folder is opened to others for that: where the way to the binaries or to the data is closed, the server
keeps one capability of root, which lets it pass (see `CAPABILITIES`).
"""

import os
import pwd
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# linux/capability.h; the first permits reading and searching only. Containers often have just the second.
CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


class ServerError(RuntimeError):
    """The embedded server cannot be had; the message says why and what to do."""


class Account(NamedTuple):
    uid: int
    gid: int


def server_account(data: Path) -> Account | None:
    """The user that must run the server over this data folder; None: the present user.

    Raises ServerError if the folder belongs to somebody else, or if root finds no other user.
    """
    owner = data.stat() if data.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise ServerError(
                f"{data} belongs to the user {_name(owner.st_uid)}: start the tracker as the user who made it, "
                "or work in a copy of the project."
            )
        return None
    if owner and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServerError("PostgreSQL does not run as root and there is no user postgres or nobody: set DATABASE_URL.")


def as_account(command: list[str], account: Account | None, ways: Iterable[Path]) -> list[str]:
    """The command line that runs `command` as `account`, who must be able to reach every path in `ways`."""
    if account is None:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ServerError(
            "PostgreSQL does not run as root, and setpriv (package util-linux) is missing: install it, run as an "
            "ordinary user, or set DATABASE_URL."
        )
    switch = [setpriv, f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"]
    if any(_is_closed(way) for way in ways):
        capability = _capability()
        # PostgreSQL looks for its own programs by access(2), which forgets capabilities without this bit.
        switch += ["--securebits=+no_setuid_fixup", f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}"]
    return [*switch, *command]


def _is_closed(path: Path) -> bool:
    return not all(folder.stat().st_mode & 0o001 for folder in path.parents)


def _capability() -> str:
    status = Path("/proc/self/status").read_text() if Path("/proc/self/status").exists() else ""
    permitted = next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("CapPrm")), 0)
    for name, bit in CAPABILITIES.items():
        if permitted >> bit & 1:
            return name
    raise ServerError(
        "PostgreSQL does not run as root, and no other user can reach this folder: move the project out of the closed "
        "folder, run as an ordinary user, or set DATABASE_URL."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
