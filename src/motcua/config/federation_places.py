"""Three portals on one machine: where each runs, and how it is spoken to."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from motcua.backbone.trouble import Trouble
from motcua.config.launch import launched
from motcua.config.parts import SUPERVISED, answers, motcua

HUB, HANOI, HUE = "000.00.00.G22", "000.00.00.H26", "000.00.00.H57"
PASSPHRASE = "mở cửa đón bình minh"
STARTS_WITHIN, STOPS_WITHIN = 900.0, 90.0
_GIVEN = ("DATABASE_URL", "DATABASE_REPLICA_URL", "BASE_URL", "DJANGO_SETTINGS_MODULE", SUPERVISED)
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class House:
    """One portal of the federation: its member id, its folder, its port; all its own."""

    member: str
    name: str
    var: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what its processes find in their environment."""
        kept = {name: value for name, value in os.environ.items() if name not in _GIVEN}
        return kept | {
            "MOTCUA_VAR": str(self.var),
            "MOTCUA_DEMO": "0",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BASE_URL": self.url,
            "EXCHANGE_MEMBER": self.member,
            "OPERATING_AGENCIES": self.member,
            "WEB_PROCESSES": "1",
            "WORKER_CONCURRENCY": "2",
        }

    def start(self) -> None:
        """
        Let it run beside this process, in whose main thread it is started; it writes its own log.

        It ends with the thread that starts it: the kernel sees to that (prctl(2)).
        """
        self.var.mkdir(parents=True, exist_ok=True)
        with (self.var / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                launched(motcua("run", "--no-demo")),
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self, *, within: float = STARTS_WITHIN) -> None:
        """
        Wait until it answers.

        :raises Trouble: if it ends, or does not answer in time
        """
        limit = time.monotonic() + within
        while time.monotonic() < limit:
            if answers(f"{self.url}/readyz"):
                return
            if self.process is not None and self.process.poll() is not None:
                break
            time.sleep(0.3)
        raise Trouble(
            f"Cổng {self.name} chưa chạy được; nguyên nhân ở {self.var / 'run.log'}.",
            f"The portal of {self.member} did not start; {self.var / 'run.log'} says why.",
        )

    def stop(self) -> None:
        """Let it end what it does, and stop it."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(STOPS_WITHIN)
        self.process = None

    def command(self, *arguments: str) -> str:
        """
        Run a command beside the running portal; return what it printed.

        :raises Trouble: if it fails
        """
        done = subprocess.run(
            launched(motcua(*arguments)),
            env={**self.environment(), SUPERVISED: "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip()[-1000:]
            raise Trouble(f"{self.name}: {said}", f"{self.member}: {arguments[0]} failed")
        return done.stdout.strip()

    def as_program(self, email: str) -> httpx.Client:
        """Return a client that calls the API as somebody."""
        headers = {"authorization": f"Bearer {self.tokens[email]}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, timeout=60)

    def as_person(self, email: str) -> "Visitor":
        """Return a browser without scripts in which somebody has signed in."""
        visitor = Visitor(httpx.Client(base_url=self.url, follow_redirects=True, timeout=60))
        typed = {"login": email, "passphrase": PASSPHRASE, "next": "/"}
        visitor.post("/tai-khoan/dang-nhap/", typed)
        return visitor


@dataclass
class Visitor:
    """Somebody who reads pages and sends their forms."""

    client: httpx.Client

    def close(self) -> None:
        """Leave."""
        self.client.close()

    def page(self, path: str) -> str:
        """Return a page's text without its tags, in one line."""
        return text_of(self.client.get(path).raise_for_status().text)

    def get(self, path: str) -> httpx.Response:
        """Return what an address gives."""
        return self.client.get(path).raise_for_status()

    def post(self, path: str, typed: dict[str, str], files: Any = None) -> httpx.Response:
        """Open the page with a form, fill it in, send it."""
        found = _CSRF.search(self.get(path).text)
        token = {"csrfmiddlewaretoken": found[1] if found else ""}
        headers = {"referer": str(self.client.base_url.join(path))}
        sent = self.client.post(path, data={**token, **typed}, files=files, headers=headers)
        return sent.raise_for_status()


def text_of(page: str) -> str:
    """Return a page's text without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def once() -> dict[str, str]:
    """Return the header that lets a write be sent again."""
    return {"idempotency-key": uuid4().hex}


def until(found: Callable[[], Any], vietnamese: str, english: str, *, within: float = 180) -> Any:
    """
    Wait until something is there, and return it.

    :raises Trouble: if it does not come in time
    """
    limit = time.monotonic() + within
    while time.monotonic() < limit:
        if value := found():
            return value
        time.sleep(0.5)
    raise Trouble(f"Chờ mãi không thấy: {vietnamese}", f"It did not come: {english}")
