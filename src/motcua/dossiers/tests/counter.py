"""Both sides of a ward's counter with real accounts, for tests of pages."""

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.dossiers.operations.filing import Filed, Filing, file_dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, a_file, answers, committee
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Pack

WHY = "Giấy chứng minh bị mờ, không đọc được."
BACKEND = "motcua.identity.adapters.passphrases.PassphraseBackend"
PASSPHRASE = "cầu vồng sau cơn mưa"
_numbers = count(1)
WHO: dict[Step, str] = {
    Step.PROPOSE: "specialist",
    Step.APPROVE: "leader",
    Step.SEND_BACK: "leader",
}


@dataclass
class Counter:
    """A ward, its officials, two citizens and an official of the ward next door."""

    definition: Pack
    people: dict[str, Actor] = field(default_factory=dict)

    def open(self) -> "Counter":
        """Make everybody's account and post."""
        cache.clear()
        open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
        for name in ("lan", "nam"):
            said = {"lan": "Nguyễn Thị Lan", "nam": "Trần Văn Nam"}[name]
            self.people[name] = Actor(self._account(name, said), said)
        for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER):
            self._official(role.value, role, WARD)
        self._official("stranger", Role.CLERK, OTHER)
        return self

    def actor(self, name: str) -> Actor:
        """Return somebody as an actor."""
        return self.people[name]

    def client(self, name: str, **more: Any) -> Client:
        """Return a browser in which somebody has signed in."""
        client = Client(**more)
        account = get_user_model().objects.get(pk=self.people[name].id)
        client.force_login(account, backend=BACKEND)
        if self.actor(name).agency:
            session = client.session
            session["acting_for"] = self.actor(name).agency
            session.save()
        return client

    def file(self, *, by: str = "lan", copies: int = 0) -> Filed:
        """File a dossier with one paper."""
        who = self.actor(by)
        filing = Filing(
            self.definition,
            answers(copies),
            {"proof": [a_file(who)]},
            "test",
            f"counter-{next(_numbers)}",
        )
        return file_dossier(filing, by=who, at=MONDAY)

    def walk(self, code: str, *steps: Step) -> None:
        """Take steps, each in the name of whoever may."""
        for step in steps:
            by = self.actor(WHO.get(step, "clerk"))
            details = {"papers": ["proof"], "fields": ["full_name"]}
            wanted = details if step is Step.ASK_SUPPLEMENT else None
            take_step(code, step, by=by, at=MONDAY, reason=WHY, details=wanted)

    def _account(self, key: str, name: str) -> str:
        number = next(_numbers)
        details = Details(
            personal_id=f"001090{number:06}",
            name=name,
            birth_date=date(1990, 1, 1),
            sex="male",
            phone=f"+8491200{number:04}",
            email=f"{key}{number}@example.vn",
        )
        return register(details, passphrase=PASSPHRASE, by=SYSTEM, at=MONDAY)

    def _official(self, key: str, role: Role, agency: str) -> None:
        name = f"Cán bộ {key}"
        account = self._account(key, name)
        make_official(account, agency, role, key, by=SYSTEM, at=MONDAY)
        self.people[key] = Actor(account, name, agency, frozenset({role}))


def text_of(answer: Any) -> str:
    """Return a page's text without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def check_shape(answer: Any) -> None:
    """Check what every page must have: one heading, nothing that a strict policy forbids."""
    page = answer.content.decode()
    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
