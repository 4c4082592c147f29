"""Keep the parts of the portal running: start them in order, bring back what dies, stop all."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from motcua.backbone.trouble import Trouble
from motcua.config.launch import launched
from motcua.config.partlogs import keep_log, last_lines

BRIEF = 10.0
"""A part that dies within so many seconds of its start died *at once*."""
TRIES = 6
"""How often in a row a part may die at once before we give up."""
_LOOK_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """
    One program of the portal and how to tell that it works.

    ``aside``: nobody waits for it before the portal can be used; it starts after the others.
    """

    name: str
    command: Sequence[str]
    ready: Callable[[], bool]
    before: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop_with: signal.Signals = signal.SIGTERM
    ready_within: float = 60.0
    stops_within: float = 20.0
    aside: bool = False


class Running:
    """A part with its process: at most one at a time, in a session of its own."""

    def __init__(self, part: Part, logs: Path) -> None:
        self.part, self.log = part, logs / f"{part.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.started = self.due = 0.0
        self.brief_lives = 0

    def start(self) -> None:
        """Start the process; what it prints goes to its log."""
        self.started = time.monotonic()
        self.part.before()
        self.process = subprocess.Popen(
            launched(self.part.command, user=self.part.user, sent=self.part.stop_with),
            env={**os.environ, **self.part.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        keep_log(self.process, self.log)

    def ended(self) -> int | None:
        """Return the exit code once the process has ended."""
        return None if self.process is None else self.process.poll()

    def note_end(self) -> float:
        """Clear away what the process left, and return after how many seconds to start again."""
        self.kill()
        lived = time.monotonic() - self.started
        self.brief_lives = self.brief_lives + 1 if lived < BRIEF else 1
        wait = min(30.0, 0.25 * 2.0**self.brief_lives)
        self.due, self.process = time.monotonic() + wait, None
        return wait

    def ask_to_stop(self) -> None:
        """Send the part's stop signal."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.part.stop_with)

    def wait_stopped(self, *, patience: float) -> None:
        """Wait until it has ended; after ``patience`` seconds end it by force."""
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=patience)
            self.kill()

    def kill(self) -> None:
        """End the process and every child it left in its session's group."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Supervisor:
    """Runs parts of which the first is what the others stand on."""

    def __init__(
        self, parts: Sequence[Part], *, logs: Path, say: Callable[[str, str], None]
    ) -> None:
        self.running = [Running(part, logs) for part in parts]
        self.say = say
        self.stopping = threading.Event()

    def bring_up(self, names: Sequence[str] | None = None) -> None:
        """
        Start the parts that are not up (all, or those named) and wait until each is ready.

        :raises Trouble: if one is not in time
        """
        chosen = [r for r in self.running if names is None or r.part.name in names]
        for aside in (False, True):
            batch = [one for one in chosen if one.part.aside is aside]
            for one in batch:
                if one.process is None:
                    one.start()
            for one in batch:
                self._wait_ready(one)

    def _wait_ready(self, one: Running) -> None:
        limit = one.started + one.part.ready_within
        while not self.stopping.is_set() and not one.part.ready():
            if one.ended() is not None or time.monotonic() > limit:
                raise _gave_up(one)
            time.sleep(_LOOK_EVERY)

    def watch(self) -> None:
        """
        Bring back what dies until ``stopping`` is set.

        :raises Trouble: if a part dies at once again and again
        """
        while not self.stopping.wait(_LOOK_EVERY):
            for one in self.running:
                if one.ended() is not None:
                    self._note_end(one)
                elif one.process is None and time.monotonic() >= one.due:
                    self._start_again(one)

    def _start_again(self, one: Running) -> None:
        """Start a part; where the system has no room for a process now, that is tried again."""
        first = self.running[0]
        try:
            if one is first or (first.ended() is None and first.part.ready()):
                one.start()
        except OSError as error:
            self._note_end(one, said=error.strerror or "")

    def _note_end(self, one: Running, *, said: str = "") -> None:
        code = said or one.ended()
        wait = one.note_end()
        if one.brief_lives > TRIES:
            raise _gave_up(one)
        self.say(
            f"{one.part.name} đã dừng (mã {code}); khởi động lại sau {wait:g} giây",
            f"{one.part.name} ended (code {code}); starting it again in {wait:g} seconds",
        )

    def stop(self) -> None:
        """Stop everything, what the others stand on last; leave no process behind."""
        self.stopping.set()
        for batch in (self.running[1:], self.running[:1]):
            for one in batch:
                one.ask_to_stop()
            for one in batch:
                one.wait_stopped(patience=one.part.stops_within)


def _gave_up(one: Running) -> Trouble:
    name, tail = one.part.name, last_lines(one.log)
    return Trouble(
        f"{name} không chạy được và đã bị dừng. Nhật ký đầy đủ: {one.log}",
        f"{name} does not stay up, so everything was stopped. Its log: {one.log}\n{tail}",
    )
