"""More than a form or a program is asked for: fields of others' making, codes by the hundred."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import now

from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, answers
from motcua.dossiers.tests.counter import PASSPHRASE, WHY, text_of
from motcua.identity.models import Account
from motcua.payments.models.bills import Bill, Receipt
from motcua.payments.rules.signatures import SigningKey

MORE = {
    "state": "returned",
    "applicant": "x",
    "applicant_name": "Kẻ Khác",
    "agency": OTHER,
    "fee": "0",
    "paid_at": "2026-01-01T00:00:00Z",
    "due_at": "2030-01-01T00:00:00Z",
    "filed_as": "x",
    "pack": "x",
    "version": "99",
    "holder": "x",
    "result": "01a20413-0000-7000-8000-000000000000",
    "by": "system:payments",
    "role": "leader",
    "is_staff": "1",
    "is_superuser": "1",
    "personal_id": "001090999999",
    "name": "Kẻ Khác",
    "roles": "leader",
    "owner": "x",
}
"""Names of columns, as one who reads our code would send them along."""


def test_a_draft_takes_the_answers_of_its_form_and_nothing_else(world):
    path = "/khai/{draft}/case/".format(**world.things)
    before = Draft.objects.filter(pk=world.things["draft"]).values().get()
    typed = {"shown": "full_name " + " ".join(MORE), "full_name": "Lê Thị Mới", **MORE}
    world.client("lan").post(path, typed)
    after = Draft.objects.filter(pk=world.things["draft"]).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"answers", "version", "updated_at"}
    assert set(after["answers"]) <= {"office", "full_name", "copies"}


def test_a_program_cannot_say_what_the_portal_works_out(world, client):
    body = {"procedure": "9.000001", "papers": {"proof": [world.things["id"]]}, **MORE}
    refused = api(world, client, "lan", "/dossiers", body | {"answers": answers(2) | MORE})
    assert refused.status_code == 422
    answer = api(world, client, "lan", "/dossiers", body | {"answers": answers(2)})
    assert answer.status_code == 201
    filed = Dossier.objects.get(code=answer.json()["code"])
    lan = world.counter.actor("lan")
    assert (filed.applicant, filed.applicant_name) == (lan.id, lan.name)
    assert (filed.state, filed.fee, filed.paid_at) == ("new", 16_000, None)
    assert filed.agency != OTHER
    assert not set(filed.answers) & set(MORE)


def test_a_step_says_what_and_why_and_not_where_it_leads(world, client):
    path = "/dossiers/{code}/steps".format(**world.things)
    body = {"step": "refuse", "reason": WHY, **MORE}
    answer = api(world, client, "clerk", path, body, **{"If-Match": '"1"'})
    assert answer.status_code in {200, 422}
    found = Dossier.objects.get(code=world.things["code"])
    assert found.state in {"refused", "new"}
    assert (found.result, found.paid_at, found.version <= 2) == (None, None, True)
    assert all(taken.by_name != "Kẻ Khác" for taken in found.transitions.all())


def test_a_supplement_changes_only_what_the_agency_named(world):
    code, clerk = world.things["code"], world.counter.actor("clerk")
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    before = Dossier.objects.get(code=code)
    typed = {"send": "1", "full_name": "Lê Thị Mới", "copies": "9", "office.commune": "00008"}
    shown = {"shown": "full_name copies office"}
    shown |= {"lacking": "proof", "why-proof": "Tôi không có bản nào rõ hơn."}
    answer = world.client("lan").post(f"/ho-so/{code}/bo-sung/", typed | shown | MORE)
    assert answer.status_code == 302
    after = Dossier.objects.get(code=code)
    assert after.answers == {**before.answers, "full_name": "Lê Thị Mới"}
    assert (after.fee, after.agency, after.applicant) == (
        before.fee,
        before.agency,
        before.applicant,
    )


def test_an_account_does_not_give_itself_a_name_or_a_post(world):
    lan = Account.objects.get(pk=world.counter.actor("lan").id)
    typed = {"phone": "0912999888", "email": lan.email, "passphrase": PASSPHRASE, **MORE}
    world.client("lan").post("/tai-khoan/", typed)
    after = Account.objects.get(pk=lan.pk)
    assert (after.name, after.personal_id) == (lan.name, lan.personal_id)
    assert world.client("lan").post("/tai-khoan/dong-vai/", {"agency": OTHER}).status_code == 422
    assert world.client("lan").get("/ban-lam-viec/").status_code == 403


def test_an_official_acts_only_for_the_agencies_of_their_posts(world):
    stranger = world.client("stranger")
    assert stranger.post("/tai-khoan/dong-vai/", {"agency": "000.00.61.H26"}).status_code == 422
    session = stranger.session
    session["acting_for"] = "000.00.61.H26"
    session.save()
    answer = stranger.get("/ban-lam-viec/{code}/".format(**world.things))
    assert answer.status_code in {302, 403, 404}


def api(world, client, who, path, body, **headers):
    sent = {"Authorization": f"Bearer {world.token(who)}", "Idempotency-Key": str(len(str(body)))}
    return client.post(
        f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=sent | headers
    )


def test_codes_cannot_be_tried_by_the_hundred(world, client):
    statuses = [
        client.get("/tra-cuu/", {"ma": f"000.00.61.H26-261102-{number:04}"}).status_code
        for number in range(5000, 5040)
    ]
    assert statuses[:30] == [200] * 30
    assert set(statuses[30:]) == {429}
    assert "Retry-After" in client.get("/tra-cuu/", {"ma": world.things["code"]})


def test_a_code_that_never_was_and_one_that_cannot_be_get_the_same_answer(world, client):
    said = []
    for code in ("000.00.61.H26-261102-8888", "000.00.99.H26-250101-0001", "không phải mã"):
        answer = client.get("/tra-cuu/", {"ma": code})
        assert answer.status_code == 200
        said.append(text_of(answer).replace(code, ""))
    assert len(set(said)) == 1


def test_what_anybody_sees_of_a_code_is_where_it_stands(world, client):
    code, clerk = world.things["code"], world.counter.actor("clerk")
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    text = text_of(client.get("/tra-cuu/", {"ma": code}))
    assert code in text
    for private in ("Lan", "Cán bộ clerk", WHY, "giay.pdf", world.things["bill"]):
        assert private not in text, private


def message(bill):
    """Return what a bank says when a bill is paid."""
    told = {"transaction": "T1", "reference": "", "amount": 8000, "currency": "VND"}
    told |= {"purpose": bill.purpose, "paid_at": now().isoformat()}
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    "forge",
    ["unsigned", "another's key", "for another body", "an hour old", "of another bank"],
)
def test_money_that_no_bank_told_of_is_not_believed(world, client, settings, caplog, forge):
    bill = Bill.objects.get(pk=world.things["bill"])
    options = settings.PAYMENT_PROVIDERS["sandbox"]
    body = message(bill)
    key = SigningKey(options["key_id"], options["secret"])
    other = SigningKey(options["key_id"], "x" * 40)
    at = int(now().timestamp())
    old = int((now() - timedelta(hours=1)).timestamp())
    headers = {
        "unsigned": {},
        "another's key": other.sign(at, body),
        "for another body": key.sign(at, body + b" "),
        "an hour old": key.sign(old, body),
        "of another bank": key.sign(at, body),
    }[forge]
    bank = "other" if forge == "of another bank" else "sandbox"
    path = f"/thanh-toan/goi-lai/{bank}/"
    answer = client.post(path, body, content_type="application/json", headers=headers)
    assert answer.status_code in {401, 404}
    assert not Receipt.objects.exclude(provider="cash").exists()
    assert not Entry.objects.filter(name="payments.bill-paid", subject=bill.subject).exists()
    assert "payments.call-back-refused" in caplog.text


def test_the_same_message_well_signed_is_believed(world, client, settings):
    """Else the refusals above would prove nothing."""
    bill = Bill.objects.get(pk=world.things["bill"])
    options = settings.PAYMENT_PROVIDERS["sandbox"]
    body = message(bill)
    headers = SigningKey(options["key_id"], options["secret"]).sign(int(now().timestamp()), body)
    path = "/thanh-toan/goi-lai/sandbox/"
    answer = client.post(path, body, content_type="application/json", headers=headers)
    assert answer.json()["new"] is True
    assert Receipt.objects.exclude(provider="cash").get().amount == 8000
