"""Become another program, as somebody who is not root and, if asked, no longer than the parent lives.

Run by its path, before anything of the project can be imported:

    python launch.py [--tether] [--patient] [--namespace UID GID | --drop-to UID GID] PROGRAM ...

The process keeps its id across all of this, so whoever started it can signal and wait for the program itself.
"""

import ctypes
import os
import signal
import sys

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_PATIENT = 5  # of 19
_libc = ctypes.CDLL(None, use_errno=True)


def enter_namespace(uid: int, gid: int) -> None:
    """Enter a user namespace in which root's own files belong to an ordinary user, and be that user.

    So a program that refuses root runs, and still reaches what only root may (what `mktemp -d` makes).
    """
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    if _libc.unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not available here")
    for path, text in (
        ("/proc/self/setgroups", "deny"),
        ("/proc/self/uid_map", f"{uid} {outer_uid} 1"),
        ("/proc/self/gid_map", f"{gid} {outer_gid} 1"),
    ):
        with open(path, "w") as file:
            file.write(text)


def drop_to(uid: int, gid: int) -> None:
    """Be another user for good. What the program works on must be that user's, below open folders."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def tether() -> None:
    """Have the kernel end this process when its parent dies, however that happens."""
    parent = os.getppid()
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died in between
        os._exit(1)


def be_patient() -> None:
    """Let others go first. A session of its own is weighed by its group where the kernel groups them."""
    os.nice(_PATIENT)
    try:
        with open("/proc/self/autogroup", "w") as group:
            group.write(str(_PATIENT))
    except OSError:
        pass  # this kernel does not group, or not for us: then the line above is all there is


def main(arguments: list[str]) -> None:
    tethered = _take("--tether", arguments)
    if _take("--patient", arguments):
        be_patient()
    match arguments:
        case ["--namespace", uid, gid, *arguments]:
            enter_namespace(int(uid), int(gid))
        case ["--drop-to", uid, gid, *arguments]:
            drop_to(int(uid), int(gid))
    if tethered:  # last, for a change of user forgets it
        tether()
    os.execv(arguments[0], arguments)


def _take(option: str, arguments: list[str]) -> bool:
    """Whether the option comes next; then it is taken off."""
    if arguments[0] != option:
        return False
    del arguments[0]
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
