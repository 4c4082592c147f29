"""A linked pack to try with: four parts, some after others, and what moves them."""

from datetime import timedelta
from pathlib import Path

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.dossiers.models import Dossier, LinkedFiling
from motcua.dossiers.operations.filing import Filing
from motcua.dossiers.operations.linked import file_linked
from motcua.dossiers.operations.paying import record_payment
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import (
    LAN,
    MONDAY,
    OTHER,
    SYSTEM,
    a_file,
    committee,
    official,
)
from motcua.kernel.actors import Actor, Role
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

PACKS = Path(__file__).parent / "packs"
PAYMENTS = Actor.system("payments")
HOUR = timedelta(hours=1)
WHY = "Giấy chứng minh bị mờ, không đọc được."
WAY = {
    Step.ACCEPT: Role.CLERK,
    Step.FORWARD: Role.CLERK,
    Step.PROPOSE: Role.SPECIALIST,
    Step.APPROVE: Role.LEADER,
}


def the_linked_pack():
    """Publish the pack and the one it links, and open the second ward."""
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
    publish_folder(PACKS / "9.000001", by=SYSTEM, at=MONDAY)
    made = publish_folder(PACKS / "9.000010", by=SYSTEM, at=MONDAY)
    return pack(made.version)


def answers(*, third=True, last=False, name="Nguyễn Thị Lan"):
    return {
        "office": {"province": "01", "commune": "00004"},
        "other_office": {"province": "01", "commune": "00008"},
        "full_name": name,
        "copies": 2,
        "wants_third": third,
        "wants_last": last,
    }


def file_all(definition, *, by=LAN, at=MONDAY, reference="1", given=None, papers=None):
    """File it; the third and, where asked, the last too."""
    handed = {"proof": [a_file(by, at)]} if papers is None else papers
    filing = Filing(definition, given or answers(), handed, "test", reference)
    return file_linked(filing, by=by, at=at)


def parts_of(code):
    """Return the parts of a filing by id."""
    found = LinkedFiling.objects.get(code=code).parts.order_by("number")
    return {part.part: part for part in found}


def states(code):
    return {name: part.state for name, part in parts_of(code).items()}


def dossier_of(code, part):
    return Dossier.objects.get(code=parts_of(code)[part].dossier)


def approve(dossier, *, at=MONDAY):
    """Walk a dossier to its result, whoever holds it."""
    found = Dossier.objects.get(code=dossier)
    if found.fee and found.paid_at is None:
        record_payment(dossier, by=PAYMENTS, at=at, paid_at=at)
    for step, role in WAY.items():
        take_step(dossier, step, by=official(role, found.agency), at=at)
    issue_result(dossier, by=SYSTEM, at=at)


def refuse(dossier, *, at=MONDAY):
    agency = Dossier.objects.get(code=dossier).agency
    take_step(dossier, Step.REFUSE, by=official(Role.CLERK, agency), at=at, reason=WHY)
