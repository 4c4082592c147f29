"""The applicant reads for what an official opened their dossier: what that official's posts do."""

import pytest

from motcua.backbone.http import bearer
from motcua.backbone.models import Look
from motcua.dossiers.rules.purposes import ADMINISTRATION, INSPECTION, WORK, purpose_of
from motcua.dossiers.tests.conftest import WARD
from motcua.dossiers.tests.counter import Counter, text_of
from motcua.kernel.actors import Actor, Role

DESK = "/ban-lam-viec/"
WHY = {
    Role.CLERK: WORK,
    Role.SPECIALIST: WORK,
    Role.LEADER: WORK,
    Role.AUDITOR: INSPECTION,
    Role.ADMINISTRATOR: ADMINISTRATION,
}
READ = (f"{DESK}{{code}}/", "/ho-so/{code}/to-khai.json/")


@pytest.fixture
def counter(definition):
    counter = Counter(definition).open()
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        counter._official(role.value, role, WARD)
    return counter


@pytest.mark.parametrize("role", WHY)
@pytest.mark.parametrize("address", READ)
def test_each_look_says_what_the_official_may_do_there(counter, role, address):
    code = counter.file().code
    assert counter.client(role.value).get(address.format(code=code)).status_code == 200
    looks = Look.objects.filter(reference=code, by=counter.actor(role.value).id)
    assert set(looks.values_list("purpose", flat=True)) == {WHY[role]}


@pytest.mark.parametrize("role", WHY)
def test_a_machine_in_the_name_of_an_official_says_the_same(counter, client, monkeypatch, role):
    code, who = counter.file().code, counter.actor(role.value)
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: who])
    answer = client.get(f"/api/v1/dossiers/{code}", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 200
    assert Look.objects.get(reference=code, by=who.id).purpose == WHY[role]


def test_the_applicant_reads_that_an_auditor_inspected(counter):
    code = counter.file().code
    counter.client("auditor").get(f"{DESK}{code}/")
    said = text_of(counter.client("lan").get(f"/ho-so/{code}/ai-da-xem/"))
    assert "Kiểm tra việc cơ quan giải quyết hồ sơ" in said
    assert "Giải quyết hồ sơ" not in said


@pytest.mark.parametrize(
    ("roles", "purpose"),
    [
        ({Role.AUDITOR, Role.SPECIALIST}, WORK),
        ({Role.AUDITOR, Role.ADMINISTRATOR}, INSPECTION),
        (set(), WORK),
    ],
)
def test_of_several_posts_the_one_that_takes_steps_is_told(roles, purpose):
    assert purpose_of(Actor("x", agency=WARD, roles=frozenset(roles))) == purpose
