"""Hương, whom the registers know, and a clerk before whom others stand; a pack that asks for it."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.drafts import save_answers
from motcua.dossiers.tests.conftest import CITY, WARD, committee
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Actor, Role
from motcua.packs.operations.publishing import publish_folder
from motcua.registrar.tests.world import HUONG, QUAN, SYSTEM

BACKEND = "motcua.identity.adapters.passphrases.PassphraseBackend"
HELP = "9.000011"
PACKS = Path(__file__).parent / "packs"
PLACE = {"province": "01", "commune": "00004"}
NAMES = {
    "huong": (HUONG, "Nguyễn Thị Hương", date(1995, 3, 14), "female"),
    "quan": (QUAN, "Trần Minh Quân", date(1992, 8, 2), "male"),
}


def now():
    return datetime.now(UTC)


def place_of_work():
    """Open the ward to which the pack's dossiers go."""
    cache.clear()
    at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    open_agency(committee(CITY, Level.PROVINCE, "01"), by=SYSTEM, at=at)
    open_agency(committee(WARD, Level.COMMUNE, "00004", CITY), by=SYSTEM, at=at)
    publish_folder(PACKS / HELP, by=SYSTEM, at=at)


def account(who, *, proven=True):
    """Open somebody's account, known to be theirs unless said otherwise; return them."""
    number, name, born, sex = NAMES[who]
    details = Details(
        personal_id=number,
        name=name,
        birth_date=born,
        sex=sex,
        phone=f"+8491234{number[-4:]}",
        email=f"{who}@example.vn",
    )
    made = register(details, passphrase="cầu vồng sau cơn mưa", by=SYSTEM, at=now())
    if proven:
        get_user_model().objects.filter(pk=made).update(proven_at=now())
    return Actor(made, name)


def official(role=Role.CLERK):
    """Open the account of an official of the ward; return them."""
    details = Details(
        personal_id=f"00108500{1000 + len(role.value):04}",
        name=f"Cán bộ {role}",
        birth_date=date(1985, 1, 1),
        sex="male",
        phone="+84912000111",
        email=f"{role}@example.vn",
    )
    made = register(details, passphrase="cầu vồng sau cơn mưa", by=SYSTEM, at=now())
    make_official(made, WARD, role, role.value, by=SYSTEM, at=now())
    return Actor(made, details.name, WARD, frozenset({role}))


def browser_of(actor):
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(pk=actor.id), backend=BACKEND)
    if actor.agency:
        session = client.session
        session["acting_for"] = actor.agency
        session.save()
    return client


def begun(client, actor, *, agreed=True, status="married", procedure=HELP, **more):
    """Begin a filing, and answer all that the papers depend on; return its address."""
    client.post(f"/nop/{procedure}/bat-dau/", {"agreed": "1"} if agreed else {})
    draft = Draft.objects.order_by("-created_at").first()
    answers = {"office": PLACE, "status": status, "home": {**PLACE, "street": "Số 1"}} | more
    save_answers(draft.pk, answers, by=actor, at=now())
    return f"/khai/{draft.pk}/"


def text_of(answer, *said, status=200):
    """Return a page's text, and check that it says something."""
    assert answer.status_code == status, answer.content.decode()[:3000]
    text = answer.content.decode()
    for words in said:
        assert words in text, words
    return text
