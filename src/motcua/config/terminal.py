"""What the command line says at the terminal, in both languages until Django can choose one."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(vietnamese: str, english: str) -> None:
    """Print one line in both languages."""
    print(f"  {vietnamese} · {english}", flush=True)


@contextmanager
def step(vietnamese: str, english: str) -> Iterator[None]:
    """Print what begins, and how long it took when it has ended well."""
    start = time.monotonic()
    on_screen = sys.stdout.isatty()
    if on_screen:
        print(f"  … {vietnamese} · {english}", end="", flush=True)
    yield
    took = f"{time.monotonic() - start:.1f}".replace(".", ",")
    back = "\r" if on_screen else ""
    print(f"{back}  ✓ {vietnamese} · {english} ({took} s)", flush=True)
