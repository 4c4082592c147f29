"""Fill the database with believable dossiers, in bulk, to show and to measure."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localtime

from motcua.dossiers.operations.finding import sought_in
from motcua.dossiers.rules.believable import Place, Story, a_story
from motcua.dossiers.rules.clock import limit_facts
from motcua.dossiers.rules.codes import dossier_code
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Role
from motcua.packs.queries.packs import Channel, Pack, limit_for

__all__ = ["Place", "seed_dossiers"]

BATCH = 10_000
SOURCE = "seed"
_DOSSIER = (
    "id code agency procedure title pack applicant applicant_name filer filer_name agent "
    "channel answers papers state stage stage_role holder holder_name limit filed_at "
    "received_at promised_at due_at done_at returned_at waits waiting_from waiting_since "
    "asked fee paid_at result source reference version sought claim archive_action "
    "reappointments counted_late asked_times return_by"
).split()
_TRANSITION = (
    "dossier_id step before state stage by by_name reason details agency procedure channel "
    "filed_at due_at counted_late at"
).split()
_ROLE_AT_STAGE = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


class Numbers:
    """Numbers of the day, continued from those given out before."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT agency, day, last FROM dossiers_daynumber")
            self.last: Counter[tuple[str, date]] = Counter(
                {(agency, day): last for agency, day, last in cursor.fetchall()}
            )

    def next(self, agency: str, filed_at: datetime) -> str:
        """Return the next code of an agency on the day of filing."""
        day = localtime(filed_at).date()
        self.last[agency, day] += 1
        return dossier_code(agency, day, self.last[agency, day])

    def keep(self) -> None:
        """Write the last numbers down, so that real filings go on from them."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO dossiers_daynumber (agency, day, last) VALUES (%s, %s, %s) "
                "ON CONFLICT (agency, day) DO UPDATE SET last = EXCLUDED.last",
                [(agency, day, last) for (agency, day), last in self.last.items()],
            )


def seed_dossiers(
    count: int,
    *,
    places: Sequence[Place],
    packs: Sequence[tuple[Pack, dict[str, Any]]],
    applicants: int,
    now: datetime,
    progress: Callable[[int], None],
    seed: int = 2026,
) -> None:
    """
    Add ``count`` dossiers of the year before ``now``, the same ones for the same ``seed``.

    Each batch is one transaction, written by COPY; ``progress`` hears how many are in. They tell
    nobody: no journal rows, no notices.

    :param packs: each with example answers that stand in every dossier made under it
    :param applicants: how many people they belong to
    """
    rng = Random(seed)  # noqa: S311
    numbers = Numbers()
    start = localtime(now) - timedelta(days=365)
    for done in range(0, count, BATCH):
        size = min(BATCH, count - done)
        with transaction.atomic():
            dossiers, transitions = [], []
            for key in _new_ids(size):
                place = places[int(rng.betavariate(1, 2.5) * len(places))]
                pack, answers = rng.choice(packs)
                applicant = f"seed-{rng.randrange(applicants):07d}"
                limit = limit_for(pack, Channel.ONLINE, answers, on=localtime(now).date())
                story = a_story(rng, place, limit, applicant=applicant, since=start, now=now)
                code = numbers.next(place.agency, story.filed_at)
                facts = json.dumps(limit_facts(limit))
                dossiers.append(_row(key, code, place, pack, answers, applicant, facts, story))
                transitions += _history(key, place, pack, story)
            _copy("dossiers_dossier", _DOSSIER, dossiers)
            _copy("dossiers_transition", _TRANSITION, transitions)
            numbers.keep()
        progress(done + size)


def _new_ids(size: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('dossiers_dossier', 'id')) "
            "FROM generate_series(1, %s)",
            [size],
        )
        return [key for (key,) in cursor.fetchall()]


def _row(
    key: int,
    code: str,
    place: Place,
    pack: Pack,
    answers: dict[str, Any],
    applicant: str,
    limit: str,
    story: Story,
) -> tuple[Any, ...]:
    at = {taken.step: taken.at for taken in story.history}
    last = story.history[-1]
    ended = story.state in (State.DONE, State.RETURNED)
    role = Role.CLERK if ended else _ROLE_AT_STAGE[last.stage]
    return (
        *(key, code, place.agency, pack.code, pack.title.vi, pack.version, applicant),
        *(
            story.applicant_name,
            applicant,
            story.applicant_name,
            "",
            2,
            json.dumps(answers, ensure_ascii=False),
            "{}",
        ),
        *(story.state.value, last.stage, role.value, "", "", limit, story.filed_at),
        *(
            at.get(Step.ACCEPT),
            story.due_at,
            story.due_at,
            at.get(Step.APPROVE),
            at.get(Step.RETURN),
        ),
        *("[]", "", None, None, 0, None, None, SOURCE, code, len(story.history)),
        sought_in(pack, answers, code=code, applicant=story.applicant_name),
        *("", "", 0, False, 0, 2),
    )


def _history(key: int, place: Place, pack: Pack, story: Story) -> list[tuple[Any, ...]]:
    return [
        (
            *(key, t.step.value, t.before, t.state.value, t.stage),
            *(t.by, t.by_name, t.reason, "{}", place.agency, pack.code, 2),
            *(story.filed_at, story.due_at, False, t.at),
        )
        for t in story.history
    ]


def _copy(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
