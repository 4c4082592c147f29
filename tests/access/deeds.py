"""For each deed of the table of roles: situations in which it can be done, and by whom there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.utils.timezone import localdate, now

from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.bulk import Asked, begin_bulk
from motcua.dossiers.operations.handovers import hand_over
from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.operations.opinions import ask_opinion
from motcua.dossiers.operations.remarks import mark_paper
from motcua.dossiers.rules.bulk import What
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.remarks import Box
from motcua.dossiers.tests.conftest import OTHER, WARD, a_file, answers
from motcua.dossiers.tests.counter import WHY
from motcua.dossiers.tests.linked import answers as linked_answers
from motcua.identity.operations.authorities import record_authority
from motcua.identity.queries.authorities import AuthorityKind
from motcua.identity.queries.parties import PartyKind, Principal
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import Limit, Unit
from tests.access.world import LINKED, PROCEDURE, World

AT_WORK = frozenset({"clerk", "specialist", "leader"})
APPLICANTS = frozenset({"lan", "agent"})
TO_SPECIALIST = (Step.ACCEPT, Step.FORWARD)
TO_LEADER = (*TO_SPECIALIST, Step.PROPOSE)
CARD = "001147000123||Phạm Thị Sáu|04051947|Nữ|Số 5 Hàng Bạc, Hà Nội|10052021"


@dataclass(frozen=True)
class Try:
    """What is sent by page and by call, and who gets it done; ``things`` fill the addresses."""

    may: frozenset[str]
    form: dict[str, Any]
    body: dict[str, Any]
    things: dict[str, str] = field(default_factory=dict)
    seen: str = ""


def come_to(world: World, *steps: Step) -> str:
    """Bring a new dossier of Lan's, whose agent may act in it, some way; nobody has it in hand."""
    code = world.counter.file().code
    world.counter.walk(code, *steps)
    known = {"agent": world.counter.actor("agent").id, "authority": world.things["power"]}
    known |= {"holder": "", "holder_name": ""}
    Dossier.objects.filter(code=code).update(**known)
    return code


def people(world: World) -> None:
    """Add Lan's agent, and a second official in each post."""
    counter = world.counter
    counter.people["agent"] = Actor(counter._account("agent", "Lê Văn Đại"), "Lê Văn Đại")
    for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER):
        counter._official(f"second-{role.value}", role, WARD)
    lan = get_user_model().objects.get(pk=counter.actor("lan").id)
    world.things["power"] = record_authority(
        Principal(PartyKind.PERSON, lan.personal_id, lan.name, lan.birth_date),
        kind=AuthorityKind.ATTORNEY,
        until=localdate() + timedelta(days=30),
        basis="Giấy ủy quyền",
        document=None,
        procedures=frozenset(),
        by=counter.actor("agent"),
        at=now(),
    )


def of_case(form, body=None, *, steps=TO_SPECIALIST, may=AT_WORK, held="") -> Callable:
    """Return a situation of one dossier; ``{file}`` and the like in what is sent are filled in."""

    def situation(world: World) -> Try:
        code = come_to(world, *steps)
        if held:
            take_in_hand(code, by=world.counter.actor(held), at=now())
        row = Dossier.objects.get(code=code)
        things = {"code": code, "file": row.papers["proof"][0], "version": str(row.version)}
        things |= {name: actor.id for name, actor in world.counter.people.items()}
        filled = [
            {name: value.format(**things) if isinstance(value, str) else value for name, value in x}
            for x in (form.items(), (body or {}).items())
        ]
        return Try(frozenset(may), *filled, things, seen=code)

    return situation


def a_mark(world: World) -> Try:
    """Let the clerk have marked something."""
    code = come_to(world, *TO_SPECIALIST)
    file, clerk = Dossier.objects.get(code=code).papers["proof"][0], world.counter.actor("clerk")
    mark = str(mark_paper(code, file, Box(), "Mờ", by=clerk, at=now()))
    return Try(AT_WORK, {"xoa": mark}, {}, {"code": code, "file": file, "mark": mark})


def a_list(giver: str) -> Callable[[World], Try]:
    """Let somebody have handed a dossier over."""

    def situation(world: World) -> Try:
        code = come_to(world, *TO_SPECIALIST)
        given = str(hand_over([code], "", by=world.counter.actor(giver), at=now()))
        return Try(AT_WORK - {giver}, {f"nhan-{code}": "co"}, {"taken": [code]}, {"list": given})

    return situation


def to_list(world: World) -> Try:
    """Have a dossier that can be put on a list."""
    code = come_to(world, *TO_SPECIALIST)
    return Try(AT_WORK, {"hs": code}, {"dossiers": [code]})


def many(what: What, steps: tuple[Step, ...], may: set[str], to: str = "") -> Callable:
    """Choose a dossier for a run."""

    def situation(world: World) -> Try:
        code = come_to(world, *steps)
        who = world.counter.actor(to).id if to else ""
        holders = {code: who} if to else {}
        body = {"what": what.value, "dossiers": [code], "holders": holders}
        return Try(frozenset(may), {"viec": what.value, "hs": code, "nguoi": who}, body)

    return situation


def a_run(by: str, what: What, *, before=(), after=(), to: str = "", form=None) -> Callable:
    """Let somebody have begun a run that is done; ``after`` it the dossier went on."""

    def situation(world: World) -> Try:
        code, actor = come_to(world, *before), world.counter.actor(by)
        holders = {code: world.counter.actor(to).id} if to else {}
        run = begin_bulk(Asked(what, [code], holders), uuid4(), by=actor, at=now())
        do_bulk(run)
        world.counter.walk(code, *after)
        return Try(frozenset({by}), form or {}, {}, {"run": str(run)})

    return situation


def a_question(world: World) -> Try:
    """Let Lan have asked something."""
    code = come_to(world, *TO_SPECIALIST)
    asked = str(ask(code, "Bao giờ tôi có kết quả?", by=world.counter.actor("lan"), at=now()))
    text = "Ngày mai bạn sẽ có kết quả."
    return Try(
        AT_WORK,
        {"question": asked, "text": text},
        {"text": text},
        {"code": code, "question": asked},
    )


LEFT_OUT = {"proof": "Tôi không còn giữ giấy này.", "full_name": "Đã đúng như giấy tờ."}


def a_supplement(world: World) -> Try:
    """Let Lan be asked for a paper and an answer; both are left out."""
    code = come_to(world, Step.ASK_SUPPLEMENT)
    name = Dossier.objects.get(code=code).answers["full_name"]
    version = Dossier.objects.get(code=code).version
    form = {"send": "1", "lacking": list(LEFT_OUT), "full_name": name, "seen": version}
    form |= {f"why-{part}": why for part, why in LEFT_OUT.items()}
    return Try(APPLICANTS, form, {"lacking": LEFT_OUT}, {"code": code}, seen=code)


def brought_to_the_counter(world: World) -> Try:
    """Let Lan come to the counter with her card and say the same."""
    told = a_supplement(world)
    number = get_user_model().objects.get(pk=world.counter.actor("lan").id).personal_id
    shown = {"document": "card", "proof": number}
    body = told.body | {"shown": shown}
    return Try(frozenset({"clerk"}), told.form | shown, body, told.things, seen=told.seen)


def an_opinion(world: World) -> Try:
    """Let the specialist have asked another agency."""
    code, by = come_to(world, *TO_SPECIALIST), world.counter.actor("specialist")
    limit = Limit(Decimal(5), Unit.WORKING_DAYS)
    made = ask_opinion(code, OTHER, WHY, ["proof"], limit, by=by, at=now())
    may = frozenset({"specialist", "leader"})
    return Try(may, {}, {}, {"code": code, "opinion": made})


def at_the_counter(world: World, code: str = PROCEDURE) -> Try:
    """Let somebody stand at the counter; the scan of their paper is the clerk's."""
    clerk = world.counter.actor("clerk")
    card = {"number": "001147000123", "name": "Phạm Thị Sáu", "born": "1947-05-04"}
    body = {
        "procedure": code,
        "present": card | {"document": "card"},
        "way": {"office": int(world.things["office"])},
        "answers": answers() if code == PROCEDURE else linked_answers(),
        "papers": {"proof": [a_file(clerk, now())]},
        "finished": {"signed": "paper", "forms": {"proof": "certified"}, "accept": True},
    }
    form = {"who": CARD, "document": "card", "channel": "counter"}
    return Try(frozenset({"clerk"}), form, body, {"code": code})


ASKED = "Hồ sơ của tôi đến đâu rồi?"
BOXES = {"trai": "10", "tren": "10", "rong": "20", "cao": "5"}
BOX = {"left": 100, "top": 100, "width": 200, "height": 50}
BACK = {"way": 0, "to_whom": "Nguyễn Thị Lan", "document": "Thẻ căn cước"}
POSTS = (("clerk", (Step.ACCEPT,)), ("specialist", TO_SPECIALIST), ("leader", TO_LEADER))
DEEDS: dict[str, list[Callable[[World], Try]]] = {
    "check a paper": [
        of_case({"giay": "proof", "ket-luan": "ok"}, {"paper": "proof", "verdict": "ok"}),
    ],
    "mark a paper": [of_case({"loi": "Mờ", **BOXES}, {"file": "{file}", "words": "Mờ", **BOX})],
    "take a mark away": [a_mark],
    "write a note": [of_case({"loi": "Đã gọi điện."}, {"text": "Đã gọi điện."})],
    "take in hand": [of_case({}, steps=steps, may={who}) for who, steps in POSTS],
    "give to a colleague": [
        of_case(
            {"nguoi": f"{{second-{who}}}", "seen": "{version}"},
            {"to": f"{{second-{who}}}"},
            steps=steps,
            may={who, "leader"},
        )
        for who, steps in POSTS
    ],
    "lay down": [of_case({}, steps=steps, may={who, "leader"}, held=who) for who, steps in POSTS],
    "pass on to a colleague": [
        of_case(
            {"viec": "chuyen", "nguoi": "{specialist}", "seen": "{version}"},
            {"to": "{specialist}"},
            steps=(Step.ACCEPT,),
            may={"clerk"},
        )
    ],
    "make a hand-over list": [to_list],
    "confirm a hand-over list": [a_list("clerk"), a_list("specialist")],
    "do one thing to many": [
        many(What.ACCEPT, (), {"clerk"}),
        many(What.FORWARD, (Step.ACCEPT,), {"clerk"}),
        many(What.PROPOSE, TO_SPECIALIST, {"specialist"}),
        many(What.ASSIGN, TO_SPECIALIST, {"specialist", "leader"}, "second-specialist"),
    ],
    "try a run of one's own again": [
        a_run("clerk", What.FORWARD, after=(Step.ACCEPT,)),
        a_run("specialist", What.PROPOSE, before=(Step.ACCEPT,), after=(Step.FORWARD,)),
        a_run("leader", What.ASSIGN, after=TO_SPECIALIST, to="specialist"),
    ],
    "take a run of one's own back": [
        a_run(who, What.ASSIGN, before=steps, to=f"second-{who}", form={"hoan-tac": "1"})
        for who, steps in POSTS
    ],
    "ask a question": [of_case({"text": ASKED}, {"text": ASKED}, may=APPLICANTS)],
    "answer a question": [a_question],
    "answer a supplement": [a_supplement],
    "take a supplement at the counter": [brought_to_the_counter],
    "rate": [of_case({"score": "3"}, {"score": 3}, steps=(Step.REFUSE,), may=APPLICANTS)],
    "recall a request for an opinion": [an_opinion],
    "hand papers back": [
        of_case(
            BACK | {"way": "0", "seen": "{version}"}, BACK, steps=(Step.REFUSE,), may={"clerk"}
        ),
    ],
    "file at the counter": [at_the_counter],
    "file several at the counter": [lambda world: at_the_counter(world, LINKED)],
    "confirm the filer's authority": [of_case({})],
    "end the filer's authority": [of_case({"reason": WHY}, {"reason": WHY})],
}
"""By the deed's name in the table; written from what each may do, not from the code."""
