"""A real file system of a few hundred megabytes, to be filled: an ext4 image on a loop device."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

SIZE = 3 * 2**30


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """Mount one meanwhile; the test is skipped where this user may not mount."""
    image, point = place / "disk.img", place / "disk"
    point.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE)
    if os.geteuid() != 0 or not _done("mkfs.ext4", "-q", "-m", "0", str(image)):
        pytest.skip("making a file system needs root and mkfs.ext4")
    if not _done("mount", "-o", "loop", str(image), str(point)):
        pytest.skip("this machine lets nobody mount a loop device")
    try:
        yield point
    finally:
        assert _done("umount", str(point)) or _done("umount", "-l", str(point))
        image.unlink()


def fill(disk: Path, *, leave: int) -> Path:
    """Take all room but ``leave`` bytes with a file, and return it."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        for step in (2**26, 2**20, 2**14, 2**12):
            with suppress(OSError):
                while _free(disk) - leave >= step:
                    os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, step)
    return ballast


def _free(disk: Path) -> int:
    about = os.statvfs(disk)
    return about.f_bavail * about.f_frsize


def _done(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
