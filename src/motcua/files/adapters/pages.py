"""Pages of PDFs as pictures, drawn by a process that can do no harm."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore

import structlog
from PIL import Image, UnidentifiedImageError

DRAWER = Path(__file__).with_name("page_drawer.py")
SECONDS = 15.0
"""How long a page may take, starting the process included."""
WAITS = 10.0
"""Seconds to wait for one's turn."""
MOST_BYTES = 5_000_000

_AT_ONCE = BoundedSemaphore(2)
log = structlog.get_logger("motcua.files")


class Busy(Exception):
    """Too many pages are being drawn at this moment."""


def draw(content: bytes, page: int, *, seconds: float = SECONDS) -> tuple[bytes, int, int] | None:
    """
    Return a page of a PDF as a JPEG with its width and height in pixels; None if it cannot be.

    :param page: from 1 on
    :raises Busy: if it was not its turn within ten seconds
    """
    if not _AT_ONCE.acquire(timeout=WAITS):
        raise Busy
    try:
        made = _drawn(content, page, seconds)
    finally:
        _AT_ONCE.release()
    try:
        with Image.open(BytesIO(made or b""), formats=["JPEG"]) as picture:
            return (made, *picture.size) if made else None
    except UnidentifiedImageError:
        return None


def _drawn(content: bytes, page: int, seconds: float) -> bytes | None:
    command = [sys.executable, "-I", "-B", str(DRAWER), str(page)]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=seconds, env={}, check=False
        )
    except subprocess.TimeoutExpired:
        log.warning("files.page-not-drawn", page=page, size=len(content), why="time")
        return None
    if done.returncode or len(done.stdout) > MOST_BYTES:
        why = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        log.warning("files.page-not-drawn", page=page, size=len(content), why=why)
        return None
    return done.stdout
