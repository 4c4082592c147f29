"""File dossiers, then accept all of them, as a patient program does: until there is an answer."""

import json
import sys
import time
from pathlib import Path

import django

import motcua

PROCEDURE = "1.001662"
"""It asks for no paper and no fee, so that it can be accepted as it comes."""
EXAMPLE = (
    Path(motcua.__path__[0])
    / "packs/shipped"
    / PROCEDURE
    / "examples/valid-car-wash-two-wells.json"
)


def main(count: int, example: str) -> None:
    """Print ``filed``, then a line for each dossier accepted, and at the end how often it tried."""
    django.setup()
    from django.contrib.auth import get_user_model
    from django.utils.timezone import localdate, now

    from motcua.dossiers.operations.filing import Filing, file_dossier
    from motcua.dossiers.operations.steps import take_step
    from motcua.dossiers.rules.lifecycle import Step, StepNotAllowed
    from motcua.kernel.actors import Actor, Role
    from motcua.packs.queries.packs import pack_for

    text = EXAMPLE.read_text(encoding="utf-8").replace('"66"', '"01"').replace('"24133"', '"00070"')
    answers = json.loads(text)["answers"]
    definition = pack_for(PROCEDURE, on=localdate())
    citizen = get_user_model().objects.get(email="huong@motcua.example")
    huong = Actor(str(citizen.pk), "Hương")
    codes = []
    for number in range(count):
        made = Filing(definition, answers, {}, "fault", f"{example}-{number}")
        codes.append(file_dossier(made, by=huong, at=now()).code)
    agency = codes[0].partition("-")[0]
    clerk = Actor("o-clerk", "Cán bộ", agency, frozenset({Role.CLERK}))
    print("filed", flush=True)
    tries = 0
    for code in codes:
        tries += until_answered(
            lambda code=code: take_step(code, Step.ACCEPT, by=clerk, at=now()), StepNotAllowed
        )
        print(code, flush=True)
    print("tries", tries, flush=True)


def until_answered(act, done_before):
    """Do it again while the database is away; a step taken already is an answer too."""
    from django.db import InterfaceError, OperationalError, close_old_connections

    tries = 0
    while True:
        tries += 1
        try:
            act()
        except done_before:
            return tries
        except (OperationalError, InterfaceError):
            close_old_connections()
            time.sleep(0.1)
        else:
            return tries


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
