"""
Draw who may do what as one table: ``python -m tools.roles`` rewrites ``docs/roles.md``.

Steps are asked of the rules themselves; pages are listed here, and a test opens each as everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from pathlib import Path

from motcua.dossiers.rules.access import Held, may_take
from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.kernel.actors import Actor, Role

PLACE = Path(__file__).parent.parent / "docs" / "roles.md"
HERE, ELSEWHERE = "000.00.61.H26", "000.00.62.H26"


class Who(StrEnum):
    """Everybody who could want something of a dossier."""

    CITIZEN = "applicant"
    REPRESENTATIVE = "representative"
    CLERK = "clerk"
    SPECIALIST = "specialist"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OTHER_AGENCY = "other agency"
    ANOTHER_CITIZEN = "another citizen"
    SYSTEM = "the portal"


ROLE_OF = {
    Who.CLERK: Role.CLERK,
    Who.SPECIALIST: Role.SPECIALIST,
    Who.LEADER: Role.LEADER,
    Who.AUDITOR: Role.AUDITOR,
    Who.ADMINISTRATOR: Role.ADMINISTRATOR,
}
OURS = frozenset(ROLE_OF)
THEIRS = frozenset({Who.CITIZEN, Who.REPRESENTATIVE})
WORKS_HERE = OURS - {Who.AUDITOR, Who.ADMINISTRATOR}
SPECIALISTS = frozenset({Who.SPECIALIST, Who.LEADER})
CLERKS = frozenset({Who.CLERK})
API = "/api/v1"


def actor(who: Who) -> Actor:
    """Return somebody of that kind."""
    if who is Who.SYSTEM:
        return Actor.system("clock")
    if who is Who.OTHER_AGENCY:
        return Actor("o-elsewhere", "", ELSEWHERE, frozenset(Role))
    if who in ROLE_OF:
        return Actor(f"o-{who}", "", HERE, frozenset({ROLE_OF[who]}))
    return Actor(f"c-{who}")


def situations() -> Iterator[Held]:
    """Yield every situation a dossier can be in, as far as access goes."""
    stages = (Role.CLERK, Role.SPECIALIST, Role.LEADER)
    for state, stage, again in product(State, stages, (0, 1)):
        yield Held(
            applicant=actor(Who.CITIZEN).id,
            agent=actor(Who.REPRESENTATIVE).id,
            filer=actor(Who.REPRESENTATIVE).id,
            agency=HERE,
            state=state,
            stage_role=stage,
            owes=True,
            asked_times=again,
            reappointments=again,
            consulted=frozenset({ELSEWHERE}),
        )


def may(step: Step, who: Who, *, again: bool) -> bool:
    """Tell whether somebody may take a step in any situation, the first time or once more."""
    return any(
        may_take(step, by=actor(who), held=held)
        for held in situations()
        if bool(held.asked_times) is again
    )


def cell(step: Step, who: Who) -> str:
    """Return what the table says: yes, the first time only, once more only, or nothing."""
    first, more = may(step, who, again=False), may(step, who, again=True)
    if first and more:
        return "●"
    return "first" if first else "again" if more else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page or a call about a dossier or of its agency, and who may open it."""

    what: str
    path: str
    may: frozenset[Who]


PAGES = (
    Page("the dossier, as its applicant sees it", "/ho-so/{code}/", THEIRS),
    Page("the receipt", "/ho-so/{code}/giay-hen/", THEIRS | OURS),
    Page("a file handed in", "/ho-so/{code}/tep/{file}/", THEIRS | OURS),
    Page("the answers as a file", "/ho-so/{code}/to-khai.csv/", THEIRS | OURS),
    Page("withdrawing it", "/ho-so/{code}/rut/", THEIRS),
    Page("asking a question about it", "/ho-so/{code}/hoi/", THEIRS),
    Page("the dossier, as the desk sees it", "/ban-lam-viec/{code}/", OURS),
    Page("its control slip", "/ban-lam-viec/{code}/kiem-soat.pdf/", OURS),
    Page("the worklist", "/ban-lam-viec/", OURS | {Who.OTHER_AGENCY}),
    Page("the tracking book", "/ban-lam-viec/so-theo-doi/", OURS | {Who.OTHER_AGENCY}),
    Page("where a code stands, no names", "/tra-cuu/{code}/", frozenset(Who) - {Who.SYSTEM}),
    Page("the dossier, by call", f"{API}/dossiers/{{code}}", THEIRS | OURS),
    Page("its answers, by call", f"{API}/dossiers/{{code}}/answers", THEIRS | OURS),
    Page("remarks on its papers, by call", f"{API}/dossiers/{{code}}/remarks", THEIRS | OURS),
    Page("questions on it, by call", f"{API}/dossiers/{{code}}/questions", THEIRS | OURS),
    Page("opinions on it, by call", f"{API}/dossiers/{{code}}/opinions", THEIRS | OURS),
    Page("a hand-over list", "/ban-lam-viec/ban-giao/{list_id}/", OURS),
    Page("a hand-over list, by call", f"{API}/hand-overs/{{list_id}}", OURS),
    Page("questions that wait", "/ban-lam-viec/cau-hoi/", WORKS_HERE | {Who.OTHER_AGENCY}),
    Page("questions that wait, by call", f"{API}/questions", WORKS_HERE | {Who.OTHER_AGENCY}),
    Page("a run of the clerk's", "/ban-lam-viec/hang-loat/{run}/", CLERKS),
    Page("a run of the clerk's, by call", f"{API}/runs/{{run}}", CLERKS),
    Page("colleagues, by call", f"{API}/colleagues", OURS | {Who.OTHER_AGENCY}),
    Page("offices, by call", f"{API}/offices", OURS | {Who.OTHER_AGENCY}),
)
"""Pages of somebody's own agency are open to another agency's people, with their own dossiers."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to a dossier besides its steps: on which page, by which call, and by whom."""

    what: str
    page: str
    call: str
    may: frozenset[Who]


CASE = "/ban-lam-viec/{code}"
DEEDS = (
    Deed("check a paper", f"{CASE}/kiem-tra/", "/dossiers/{code}/checks", WORKS_HERE),
    Deed("mark a paper", f"{CASE}/danh-dau/{{file}}/", "/dossiers/{code}/marks", WORKS_HERE),
    Deed(
        "take a mark away",
        f"{CASE}/danh-dau/{{file}}/",
        "/dossiers/{code}/marks/{mark}/remove",
        WORKS_HERE,
    ),
    Deed("write a note", f"{CASE}/ghi-chu/", "/dossiers/{code}/notes", WORKS_HERE),
    Deed("take in hand", f"{CASE}/nhan-xu-ly/", "/dossiers/{code}/hold", WORKS_HERE),
    Deed("give to a colleague", f"{CASE}/giao/", "/dossiers/{code}/assign", WORKS_HERE),
    Deed("lay down", f"{CASE}/tha-ra/", "/dossiers/{code}/release", WORKS_HERE),
    Deed("pass on to a colleague", f"{CASE}/giao/", "/dossiers/{code}/forward", CLERKS),
    Deed("make a hand-over list", "/ban-lam-viec/ban-giao/", "/hand-overs", WORKS_HERE),
    Deed(
        "confirm a hand-over list",
        "/ban-lam-viec/ban-giao/{list}/",
        "/hand-overs/{list}",
        WORKS_HERE,
    ),
    Deed("do one thing to many", "/ban-lam-viec/hang-loat/bat-dau/", "/runs", WORKS_HERE),
    Deed(
        "try a run of one's own again",
        "/ban-lam-viec/hang-loat/{run}/",
        "/runs/{run}/retry",
        WORKS_HERE,
    ),
    Deed(
        "take a run of one's own back",
        "/ban-lam-viec/hang-loat/{run}/",
        "/runs/{run}/undo",
        WORKS_HERE,
    ),
    Deed("ask a question", "/ho-so/{code}/hoi/", "/dossiers/{code}/questions", THEIRS),
    Deed(
        "answer a question",
        f"{CASE}/hoi/",
        "/dossiers/{code}/questions/{question}/answer",
        WORKS_HERE,
    ),
    Deed("answer a supplement", "/ho-so/{code}/bo-sung/", "/dossiers/{code}/supplement", THEIRS),
    Deed(
        "take a supplement at the counter",
        f"{CASE}/nhan-bo-sung/",
        "/dossiers/{code}/supplement/at-desk",
        CLERKS,
    ),
    Deed("rate", "/ho-so/{code}/danh-gia/", "/dossiers/{code}/rating", THEIRS),
    Deed(
        "recall a request for an opinion",
        f"{CASE}/y-kien/{{opinion}}/rut/",
        "/opinions/{opinion}/recall",
        SPECIALISTS,
    ),
    Deed("hand papers back", f"{CASE}/tra-giay-to/", "/dossiers/{code}/return", CLERKS),
    Deed("file at the counter", "/ban-lam-viec/quay/moi/{code}/", "/counter-filings", CLERKS),
    Deed(
        "file several at the counter",
        "/ban-lam-viec/quay/moi/{code}/",
        "/linked-counter-filings",
        CLERKS,
    ),
    Deed(
        "confirm the filer's authority",
        f"{CASE}/xac-nhan-nguoi-nop/",
        "/dossiers/{code}/authority/confirm",
        WORKS_HERE,
    ),
    Deed(
        "end the filer's authority",
        f"{CASE}/khong-nhan-nguoi-nop/",
        "/dossiers/{code}/authority/end",
        WORKS_HERE,
    ),
)
"""What each may do in some situation; a test says in which."""


def table() -> str:
    """Return the page with the three tables."""
    people = list(Who)
    head = " | ".join(people)
    lines = [
        "# Who may do what",
        "",
        "Made by `python -m tools.roles` from `dossiers/rules/access.py`; do not edit. Each cell",
        "is tried through the API and the pages by `tests/access/test_steps_taken.py`,",
        "`tests/access/test_steps_and_posts.py`, `tests/access/test_deeds.py` and",
        "`tests/access/test_roles.py`.",
        "",
        "● may, in the states from which the step starts and while their post holds the dossier ·",
        "*first* only the first time · *again* only once more · empty: never. Nobody processes a",
        "dossier of their own, one they filed for somebody, or a relative's; where a pack asks for",
        "four eyes, nobody takes a step after an earlier one of theirs, since it was last opened",
        "again or came from another agency. A deputy has the roles of the absent colleague while",
        "the absence lasts.",
        "",
        f"| step | from | {head} |",
        "|---|---|" + "---|" * len(people),
    ]
    for step in Step:
        origins = ", ".join(state for state in State if step in LIFECYCLE[state])
        if origins:
            cells = " | ".join(cell(step, who) for who in people)
            lines.append(f"| `{step}` | {origins} | {cells} |")
    lines += [
        "",
        "Besides its steps, each deed on its page and by its call (under `/api/v1`):",
        "",
        f"| deed | page | call | {head} |",
        "|---|---|---|" + "---|" * len(people),
    ]
    for deed in DEEDS:
        cells = " | ".join("●" if who in deed.may else "" for who in people)
        lines.append(f"| {deed.what} | `{deed.page}` | `{deed.call}` | {cells} |")
    lines += ["", f"| page | address | {head} |", "|---|---|" + "---|" * len(people)]
    for page in PAGES:
        cells = " | ".join("●" if who in page.may else "" for who in people)
        lines.append(f"| {page.what} | `{page.path}` | {cells} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PLACE.write_text(table())
