"""Logs of the supervised parts: a file each, which never fills the disk."""

import logging
import subprocess
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

_LARGEST = 20 * 2**20
_KEPT = 4


class _Quiet(RotatingFileHandler):
    """Loses lines rather than stop the part that wrote them when the disk is full."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        del record


def keep_log(process: "subprocess.Popen[bytes]", file: Path) -> None:
    """Copy what ``process`` prints into ``file`` from now on, at most 100 MB in all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    threading.Thread(target=_copy, args=(process, file), daemon=True, name=file.stem).start()


def _copy(process: "subprocess.Popen[bytes]", file: Path) -> None:
    if process.stdout is None:
        return
    kept = _Quiet(file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True)
    with process.stdout as said:
        for line in said:
            text = line.decode("utf-8", "replace").rstrip("\n")
            kept.emit(logging.makeLogRecord({"msg": "%s", "args": (text,)}))
    kept.close()


def last_lines(file: Path, count: int = 8) -> str:
    """Return the end of a log."""
    try:
        return "\n".join(file.read_text(errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return ""
