"""A ward with its desk, a small procedure, a citizen: what a dossier needs around it."""

from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.files.operations.keeping import keep_upload
from motcua.identity.operations.demo import DEMO_PASSPHRASE, open_demo_accounts
from motcua.kernel.actors import Actor, Role
from motcua.packs.operations.publishing import SHIPPED, publish_folder
from motcua.packs.queries.packs import pack

BIRTH = "1.001193"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
SYSTEM = Actor.system("test")
CITY, WARD, OTHER = "000.00.00.H26", "000.00.61.H26", "000.00.62.H26"
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=HERE)
LAN = Actor(id="c-lan", name="Nguyễn Thị Lan")
NAM = Actor(id="c-nam", name="Trần Văn Nam")


@contextmanager
def refused(kind):
    """Expect a refusal, and leave the test's transaction usable after it."""
    with pytest.raises(kind) as refusal, transaction.atomic():
        yield refusal


def official(role, agency=WARD):
    return Actor(id=f"o-{role}-{agency}", name=role.title(), agency=agency, roles=frozenset({role}))


CLERK, SPECIALIST, LEADER = (official(role) for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER))
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    b"xref\n0 4\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)


def committee(code, level, unit, parent=None):
    return NewAgency(
        id=code,
        name=f"Ủy ban nhân dân {unit}",
        level=level,
        kind=Kind.COMMITTEE,
        opened_on=date(2025, 7, 1),
        unit=unit,
        parent=parent,
    )


@pytest.fixture
def ward(hanoi):
    """Open a ward of Hà Nội."""
    return open_ward()


def open_ward():
    open_agency(committee(CITY, Level.PROVINCE, "01"), by=SYSTEM, at=MONDAY)
    open_agency(committee(WARD, Level.COMMUNE, "00004", CITY), by=SYSTEM, at=MONDAY)
    return WARD


@pytest.fixture
def definition(ward):
    return small_procedure()


def small_procedure():
    return pack(
        publish_folder(Path(__file__).parent / "packs" / "9.000001", by=SYSTEM, at=MONDAY).version
    )


def a_file(by=LAN, at=MONDAY):
    return keep_upload(PDF, "giay.pdf", by=by, at=at).id


def a_file_of(size, by=LAN):
    """Return the id of a file that says it has so many bytes."""
    file = a_file(by)
    apps.get_model("files", "Paper").objects.filter(pk=file).update(size=size)
    return file


def answers(copies=0):
    return {
        "office": {"province": "01", "commune": "00004"},
        "full_name": "Nguyễn Thị Lan",
        "copies": copies,
    }


@pytest.fixture
def file(definition):
    """File one dossier; say what differs."""

    def filing(*, by=LAN, at=MONDAY, reference="1", copies=0, papers=None):
        given = {"proof": [a_file(by, at)]} if papers is None else papers
        return file_dossier(
            Filing(definition, answers(copies), given, "test", reference), by=by, at=at
        )

    return filing


@pytest.fixture
def town(provinces):
    """Agencies, officials and citizens to try the portal with, and birth registration online."""
    cache.clear()
    open_demo_accounts(by=SYSTEM, at=MONDAY)
    return publish_folder(SHIPPED / BIRTH, by=SYSTEM, at=MONDAY).version


@pytest.fixture
def huong(town, client):
    """A citizen who has signed in."""
    login = {"login": "huong@motcua.example", "passphrase": DEMO_PASSPHRASE}
    assert client.post("/tai-khoan/dang-nhap/", login).status_code == 302
    return client
