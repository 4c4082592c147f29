"""What is kept of messages is sealed: who has the database alone reads none, and changes none."""

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.models import Entry, Look
from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.jobs import reseal_kept_bodies
from motcua.exchange.models import KeptBody, LogEntry
from motcua.exchange.operations import subjects
from motcua.exchange.operations.keeping import reseal_bodies
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.operations.showing import prove_with_bodies
from motcua.exchange.queries.bodies import bodies_of, opened
from motcua.exchange.rules.proofs import check_proof
from motcua.exchange.rules.sealing import (
    BodyAltered,
    BodyKeyMissing,
    Where,
    name_of,
    seal,
    unseal,
)
from motcua.exchange.tests.conftest import AUDITOR, refused
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import BODY, ask, now

PERSON = "001195000017"
OLD, NEW = "old-" + 40 * "a", "new-" + 40 * "b"


@pytest.fixture
def kept(done, settings):
    """Have one exchange whose bodies both sides keep, sealed with the old key."""
    settings.EXCHANGE_BODIES_DAYS, settings.EXCHANGE_BODIES_KEYS = {"": 7}, (OLD,)
    ask(subject=PERSON)
    row = LogEntry.objects.get(log=HANOI)
    sequence(HANOI, at=now())
    return row


def proven(entry):
    proof = prove_with_bodies(entry.id, "Khiếu nại", by=AUDITOR, at=now())
    return check_proof(proof, anchors=anchors()).bodies == ("request", "answer")


def names():
    return set(KeptBody.objects.values_list("key", flat=True))


def as_before():
    """Have all bodies kept as a portal kept them that did not seal."""
    for row in KeptBody.objects.all():
        body, subject = opened(row)
        KeptBody.objects.filter(pk=row.pk).update(key="", body=body, subject=subject)


def test_the_database_alone_tells_neither_what_was_said_nor_about_whom(kept):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(b)::text, encode(body, 'escape') FROM exchange_keptbody b"
        )
        rows = cursor.fetchall()
    assert len(rows) == 4
    for text in (each for row in rows for each in row):
        assert PERSON not in text
        assert BODY.decode() not in text
        assert BODY.hex() not in text
    assert proven(kept)
    assert [each.size for each in bodies_of(kept.id, HANOI, at=now())] == [len(BODY), 2]


def test_two_bodies_that_say_the_same_look_different(done, settings):
    settings.EXCHANGE_BODIES_DAYS = {"": 7}
    ask()
    ask()
    bodies = [bytes(each) for each in KeptBody.objects.values_list("body", flat=True)]
    assert len(set(bodies)) == len(bodies) == 8


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"",
        lambda raw: raw[:20],
        lambda raw: raw[:-1],
        lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]),
        lambda raw: bytes([raw[0] ^ 1]) + raw[1:],
        lambda raw: raw + b"x",
    ],
)
def test_what_was_changed_is_given_to_nobody_and_said(kept, change):
    row = KeptBody.objects.get(entry=kept.id, part="answer")
    KeptBody.objects.filter(pk=row.pk).update(body=change(bytes(row.body)))
    with refused(BodyAltered):
        prove_with_bodies(kept.id, "Khiếu nại", by=AUDITOR, at=now())
    assert not Entry.objects.filter(name="exchange.bodies-shown").exists()


def test_a_sealed_body_is_good_in_its_own_place_alone(kept):
    """A database administrator puts one body in the place of another, and into another log."""
    rows = {(row.log, row.part): bytes(row.body) for row in KeptBody.objects.all()}
    ours = KeptBody.objects.filter(entry=kept.id)
    for other in ((HANOI, "answer"), (POLICE, "request")):
        ours.filter(part="request").update(body=rows[other])
        with refused(BodyAltered):
            prove_with_bodies(kept.id, "Khiếu nại", by=AUDITOR, at=now())


def test_what_stands_there_unsealed_is_still_held_against_what_was_signed(kept):
    KeptBody.objects.filter(entry=kept.id, part="answer").update(key="", body=b"[]")
    with refused(BodyAltered):
        prove_with_bodies(kept.id, "Khiếu nại", by=AUDITOR, at=now())


def test_an_old_key_still_opens_what_it_sealed_and_a_new_one_seals(kept, settings):
    settings.EXCHANGE_BODIES_KEYS = (NEW, OLD)
    assert proven(kept)
    ask()
    assert names() == {name_of(OLD), name_of(NEW)}
    assert reseal_bodies() == 4
    assert names() == {name_of(NEW)}
    settings.EXCHANGE_BODIES_KEYS = (NEW,)
    assert proven(kept)
    assert reseal_bodies() == 0


def test_without_its_key_a_body_stays_and_it_is_said_which_key_is_missing(kept, settings):
    settings.EXCHANGE_BODIES_KEYS = (NEW,)
    with refused(BodyKeyMissing) as found:
        prove_with_bodies(kept.id, "Khiếu nại", by=AUDITOR, at=now())
    assert found.value.facts["key"] == name_of(OLD)
    assert reseal_bodies() == 0
    settings.EXCHANGE_BODIES_KEYS = (NEW, OLD)
    assert proven(kept)


def test_what_was_kept_before_anything_was_sealed_is_read_and_sealed(kept, monkeypatch, settings):
    monkeypatch.setattr("motcua.exchange.operations.keeping.AT_ONCE", 3)
    as_before()
    assert set(KeptBody.objects.values_list("subject", flat=True)) == {PERSON, ""}
    assert proven(kept)
    reseal_kept_bodies(0)
    assert names() == {name_of(OLD)}
    assert set(KeptBody.objects.values_list("subject", flat=True)) == {""}
    assert proven(kept)


def test_whom_a_sealed_body_is_about_reads_that_it_was_shown(kept, monkeypatch):
    monkeypatch.setattr(subjects, "_recognisers", [lambda _: {PERSON: "huong"}])
    assert proven(kept)
    assert Look.objects.get(person="huong", by=AUDITOR.id).purpose == "Khiếu nại"


def test_the_page_and_the_terminal_say_that_a_key_is_missing(kept, client, settings, tmp_path):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    settings.EXCHANGE_BODIES_KEYS = (NEW,)
    client.cookies["who"] = "auditor"
    page = client.post(f"/quan-tri/trao-doi/nhat-ky/{kept.id}/noi-dung/", {"why": "Khiếu nại"})
    assert page.status_code == 422
    assert name_of(OLD) in page.content.decode()
    file = tmp_path / "proof.json"
    with pytest.raises(BodyKeyMissing):
        call_command("exchange", "prove", str(kept.id), with_body=file, purpose="Khiếu nại")
    assert not file.exists()


@given(
    st.binary(max_size=2000),
    st.text(max_size=40),
    st.uuids(),
    st.sampled_from(["request", "answer"]),
)
def test_what_was_sealed_is_opened_as_it_was(body, about, entry, part):
    about = about.encode(errors="replace").decode()
    where = Where(entry, part, HANOI)
    sealed = seal(body, about, where=where, secret=NEW)
    assert unseal(sealed, name_of(NEW), where=where, secrets=(OLD, NEW)) == (body, about)
