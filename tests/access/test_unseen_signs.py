"""Signs that nobody sees, or that turn the text around them, come in by no entrance."""

import json
from itertools import count

import pytest
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils.timezone import now

from motcua.dossiers.models import Dossier, Draft, Note, Question, Transition
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import a_file, answers
from motcua.dossiers.tests.counter import PASSPHRASE
from motcua.identity.models import Account
from motcua.kernel.text import visible
from tests.access.world import PROCEDURE

NAME = "Phạm\u200b Thị \u202eSáu\u2066"
PLAIN = "Phạm Thị Sáu"
SAID = f"Lý do của \u202e{NAME}\ufeff là ảnh gnp.exe\u202c bị mờ"
KEPT = "Lý do của Phạm Thị Sáu là ảnh gnp.exe bị mờ"
DESK = "/ban-lam-viec/"
_keys = count(1)


def unseen_anywhere():
    """Return the places of all our tables whose texts hold a sign that nobody sees."""
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("motcua."):
            texts = [
                field.attname
                for field in model._meta.concrete_fields
                if isinstance(field, CharField | TextField | JSONField)
            ]
            for row in model.objects.values(*texts) if texts else ():
                wrong = (name for name, value in row.items() if not is_visible(value))
                found.update(f"{model.__name__}.{name}" for name in wrong)
    return found


def is_visible(value):
    text = json.dumps(value, ensure_ascii=False, default=str).replace("\\u007f", "\x7f")
    return visible(text) == text


def call(world, who, path, body, *, spelt):
    """Call the API as a program does that spells such signs out, or writes them as they are."""
    headers = {
        "Authorization": f"Bearer {world.token(who)}",
        "Idempotency-Key": f"unseen-{next(_keys)}",
    }
    answer = world.client("nobody").post(
        f"/api/v1{path}",
        json.dumps(body, ensure_ascii=spelt),
        content_type="application/json",
        headers=headers,
    )
    assert answer.status_code < 300, answer.content


def test_a_name_typed_with_them_is_stored_without(world):
    details = {
        "personal_id": "001195000777",
        "name": NAME,
        "sex": "female",
        "phone": "0912345678",
        "email": "sau@example.vn",
        "passphrase": PASSPHRASE,
        **{f"birth_date-{part}": n for part, n in (("day", 1), ("month", 1), ("year", 1995))},
    }
    assert world.client("nobody").post("/tai-khoan/dang-ky/", details).status_code == 302
    clerk = world.client("clerk")
    someone = {"who": "001147000123", "name": NAME}
    born = {f"born-{part}": n for part, n in (("day", 4), ("month", 5), ("year", 1947))}
    chosen = {"document": "card", "channel": "counter", **someone, **born}
    answer = clerk.post(f"{DESK}quay/moi/9.000001/", chosen)
    assert answer.status_code == 302, answer.content.decode()
    assert Draft.objects.latest("created_at").counter["name"] == PLAIN
    assert unseen_anywhere() == set()


def test_what_is_typed_on_pages_is_kept_without_them(world):
    clerk, lan, code = world.client("clerk"), world.client("lan"), world.things["code"]
    clerk.post(f"{DESK}{code}/ghi-chu/", {"loi": SAID})
    assert Note.objects.latest("pk").text == KEPT
    lan.post(f"/ho-so/{code}/hoi/", {"text": SAID})
    assert Question.objects.latest("pk").text == KEPT
    clerk.post(f"{DESK}khung-nhin/", {"ten": NAME, "hoi": "?xem=all"})
    file = {"trang": "1", "x": "10", "y": "10", "w": "30", "h": "30", "loi": SAID}
    clerk.post(f"{DESK}{code}/danh-dau/{world.things['file']}/", file)
    clerk.post(f"{DESK}{code}/kiem-giay/", {"giay": "proof", "ket-luan": "wrong", "loi": SAID})
    lan.post(f"/khai/{world.things['draft']}/case/", {"shown": "full_name", "full_name": NAME})
    seen = Dossier.objects.get(code=code).version
    clerk.post(f"{DESK}{code}/tu-choi/", {"reason": SAID, "seen": seen})
    assert Transition.objects.get(step=Step.REFUSE).reason == KEPT
    assert unseen_anywhere() == set()


@pytest.mark.parametrize("spelt", [True, False])
def test_what_programs_send_is_kept_without_them(world, spelt):
    here = f"/dossiers/{world.things['code']}"
    call(world, "clerk", f"{here}/notes", {"text": SAID}, spelt=spelt)
    assert Note.objects.latest("pk").text == KEPT
    call(world, "lan", f"{here}/questions", {"text": SAID}, spelt=spelt)
    check = {"paper": "proof", "verdict": "wrong", "seen_as": "copy", "remark": SAID}
    call(world, "clerk", f"{here}/checks", check, spelt=spelt)
    clerk = world.counter.actor("clerk")
    filing = {
        "procedure": PROCEDURE,
        "present": {"number": "001147000123", "name": NAME, "born": "1947-05-04"}
        | {"document": "card"},
        "way": {"office": int(world.things["office"])},
        "answers": answers() | {"full_name": NAME},
        "papers": {"proof": [a_file(clerk, now())]},
        "finished": {"signed": "paper", "forms": {"proof": "certified"}, "accept": True},
    }
    call(world, "clerk", "/counter-filings", filing, spelt=spelt)
    assert Dossier.objects.latest("pk").applicant_name == PLAIN
    assert unseen_anywhere() == set()


@pytest.mark.parametrize("query", ["%E2%80%8BNguy%E1%BB%85n", "Nguy\u202eễn"])
def test_words_pasted_with_them_are_found(world, query):
    shown = world.client("clerk").get(f"{DESK}?xem=all&tim={query}")
    assert world.things["code"] in shown.content.decode()


def test_a_passphrase_pasted_with_them_lets_its_owner_in(world):
    number = Account.objects.get(pk=world.counter.actor("lan").id).personal_id
    typed = {"login": f"{number}\u200b", "passphrase": f"\ufeff{PASSPHRASE}"}
    assert world.client("nobody").post("/tai-khoan/dang-nhap/", typed).status_code == 302
