"""
Start a program that ends when its parent does, as another user where asked.

``python -m motcua.config.launch SIGNAL PARENT USER PROGRAM ARGUMENT…``. The kernel sends SIGNAL
(prctl(2), PR_SET_PDEATHSIG) when process PARENT dies, even by ``kill -9``; USER may be empty.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def end_with_parent(sent: signal.Signals) -> None:
    """Ask the kernel to send this process ``sent`` when its parent dies (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(sent), 0, 0, 0)


def step_back(steps: int) -> None:
    """
    Let others' processes go first, as ``nice`` counts, those of other sessions too.

    Linux shares its processors out among sessions first (autogroup(7)), and ``nice`` counts inside
    one only.
    """
    os.nice(steps)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(steps))


def launched(
    command: Sequence[str], *, user: str | None = None, sent: signal.Signals = signal.SIGTERM
) -> list[str]:
    """Return the command that starts ``command`` so that it ends with the calling process."""
    given = [str(int(sent)), str(os.getpid()), user or ""]
    return [sys.executable, "-m", "motcua.config.launch", *given, *command]


def main(sent: str, parent: str, user: str, *command: str) -> None:
    """Become ``command``."""
    if user:
        account = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
    end_with_parent(signal.Signals(int(sent)))
    if os.getppid() != int(parent):
        sys.exit("the parent ended first")
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
