"""Starts a program as confined as a unit of systemd would, where there is no systemd: confined.py UNIT STATE COMMAND…,
by root and on Linux. The real filter of system calls, no memory that is written and run, no new privileges, no right of
root but that to open the files and sockets of others (the database of the tests belongs to another user), and a file
system that is read-only but for the unit's state.

What it cannot show is what only systemd does: its own users, private devices, namespaces of users.
"""

import ctypes
import errno
import os
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.deploy.units import lines

# linux/prctl.h, linux/capability.h, sched.h, sys/mount.h
PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_MDWE = 24, 38, 65
CLONE_NEWNS = 0x20000
MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
CAP_DAC_OVERRIDE, LAST_CAPABILITY = 1, 63
# seccomp.h
KILL, ERRNO, ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
LIBC = ctypes.CDLL(None, use_errno=True)


def must(result: int, what: str) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def calls(of: str) -> set[str]:
    """The system calls of a group such as @system-service, groups within it resolved, by systemd's own word."""
    if not of.startswith("@"):
        return {of}
    said = subprocess.run(["systemd-analyze", "syscall-filter", of], capture_output=True, text=True, check=True).stdout
    words = [line.strip() for line in said.splitlines()[1:]]
    return set().union(*(calls(word) for word in words if word and not word.startswith("#")))


def allowed(values: list[str]) -> set[str]:
    """What the lines SystemCallFilter= let through: a list, then lists that are taken from it."""
    found: set[str] = set()
    for value in values:
        names = set().union(*(calls(word) for word in value.removeprefix("~").split()))
        found = found - names if value.startswith("~") else found | names
    return found | calls("@default")


def filter_calls(names: set[str]) -> None:
    """Every other call fails with EPERM from now on, for this process and all that it starts."""
    seccomp = ctypes.CDLL(find_library("seccomp") or "libseccomp.so.2", use_errno=True)
    seccomp.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(ERRNO | errno.EPERM)))
    for name in sorted(names):
        number = seccomp.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # Others are of other machines.
            rule = seccomp.seccomp_rule_add(context, ctypes.c_uint32(ALLOW), ctypes.c_int(number), ctypes.c_uint(0))
            must(rule, f"the rule for {name}")
    must(seccomp.seccomp_load(context), "the filter of system calls")


def read_only_but(state: str) -> None:
    """ProtectSystem=strict: the file system is read-only, but for the folder of the state, /tmp, /dev and /proc."""
    must(LIBC.unshare(CLONE_NEWNS), "a namespace of mounts")
    must(LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "mounts of its own")
    for folder in (state, "/tmp") if not state.startswith("/tmp/") else ("/tmp",):
        name = folder.encode()
        must(LIBC.mount(name, name, None, MS_BIND | MS_REC, None), folder)
    must(LIBC.mount(None, b"/", None, MS_REMOUNT | MS_BIND | MS_RDONLY, None), "a root that is read-only")


def main(unit: str, state: str, *command: str) -> None:
    settings = {name.removeprefix("Service."): values for name, values in lines(Path(unit)).items()}
    names = allowed(settings["SystemCallFilter"])
    if settings["ProtectSystem"] == ["strict"]:
        read_only_but(state)
    if settings["CapabilityBoundingSet"] == [""]:
        for number in set(range(LAST_CAPABILITY + 1)) - {CAP_DAC_OVERRIDE}:
            LIBC.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)  # The kernel knows how many there are.
    if settings["NoNewPrivileges"] == ["yes"]:
        must(LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")
    if settings["MemoryDenyWriteExecute"] == ["yes"]:
        must(LIBC.prctl(PR_SET_MDWE, 1, 0, 0, 0), "no memory both written and run")
    filter_calls(names)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
