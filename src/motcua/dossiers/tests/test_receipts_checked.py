"""Anybody can check a receipt: its QR code tells what was printed, and altered papers apart."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.filing import receipt
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.receipts import MARK, Printed, seal, to_the_minute, unsealed
from motcua.dossiers.tests.conftest import MONDAY, WARD
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.linked import PACKS, file_all
from motcua.dossiers.web.receipt import address_to_track
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def qr_of(counter, code):
    found = receipt(code, by=counter.actor("lan"), at=MONDAY)
    whole = urlsplit(address_to_track(found))
    return f"{whole.path}?{whole.query}"


@given(MOMENTS, MOMENTS, st.text(), st.text(min_size=1))
def test_a_seal_gives_back_what_was_printed_to_the_minute(filed, due, code, key):
    token = seal(code, Printed(filed, due), key=key)
    assert len(token) == 24
    read = unsealed(code, token, key=key)
    assert read == Printed(to_the_minute(filed), to_the_minute(due))
    assert unsealed(code + "x", token, key=key) is None
    assert unsealed(code, token, key=key + "x") is None


@given(MOMENTS, MOMENTS, st.integers(0, 17), st.integers(1, 255))
def test_a_seal_with_one_byte_changed_is_forged(filed, due, place, change):
    whole = bytearray(urlsafe_b64decode(seal("c", Printed(filed, due), key="k")))
    whole[place] ^= change
    assert unsealed("c", urlsafe_b64encode(whole).decode(), key="k") is None
    assert len(whole) == 8 + MARK


@given(st.text(max_size=40))
def test_what_is_no_seal_is_forged_and_breaks_nothing(token):
    assert unsealed("c", token, key="k") is None


def test_the_paper_s_qr_code_proves_it_without_a_name(client, counter):
    code = counter.file().code
    page = client.get(qr_of(counter, code))
    check_shape(page)
    text = text_of(page)
    assert "Giấy hẹn này là thật" in text
    assert "Lan" not in text
    assert "Hẹn trả đã thay đổi" not in text


def test_a_due_time_that_moved_since_is_told(client, counter):
    code = counter.file().code
    address = qr_of(counter, code)
    row = Dossier.objects.get(code=code)
    row.due_at = row.due_at.replace(year=2027)
    row.save()
    assert "Hẹn trả đã thay đổi" in text_of(client.get(address))


def test_a_forged_or_borrowed_seal_is_told_apart(client, counter):
    code, other = counter.file().code, counter.file().code
    token = qr_of(counter, other).split("g=")[1]
    for bad in (token, "x", "A" * 24, "é"):
        text = text_of(client.get(f"/tra-cuu/{code}/", {"g": bad}))
        assert "không phải giấy thật" in text
        assert "là thật" not in text
    assert "giấy thật" not in text_of(client.get(f"/tra-cuu/{code}/"))


def test_an_unknown_code_is_told_and_guesses_are_counted(client, counter, monkeypatch):
    page = client.get("/tra-cuu/000.00.61.H26-261102-9999/", {"g": "A" * 24})
    check_shape(page)
    assert "Không có hồ sơ nào mang mã này" in text_of(page)
    monkeypatch.setattr("motcua.dossiers.web.track.TIMES", 2)
    statuses = [client.get(f"/tra-cuu/{n}/").status_code for n in range(3)]
    assert statuses[-1] == 429


def test_a_linked_filing_is_looked_up_by_its_code(client, counter, django_assert_max_num_queries):
    lan = counter.actor("lan")
    version = publish_folder(PACKS / "9.000010", by=lan, at=MONDAY).version
    filed = file_all(pack(version), by=lan, at=MONDAY)
    for address in (f"/tra-cuu/?ma={filed.code.lower()}", f"/tra-cuu/{filed.code}/"):
        with django_assert_max_num_queries(6):
            page = client.get(address)
        check_shape(page)
        text = text_of(page)
        assert filed.code in text
        assert "Lan" not in text
    paper = counter.client("lan").get(f"/ho-so/lien-thong/{filed.code}/giay-hen/")
    check_shape(paper)
    assert "<svg" in paper.content.decode()
    assert "không có" in text_of(client.get("/tra-cuu/LT-0000-0000-0000/")).lower()


def test_the_appointment_goes_into_a_calendar(counter):
    code = counter.file().code
    client = counter.client("lan")
    answer = client.get(f"/ho-so/{code}/hen.ics/")
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    text = unfolded(answer)
    assert f"UID:{code}@127.0.0.1" in text
    assert "STATUS:CONFIRMED" in text
    counter.walk(code, Step.ASK_SUPPLEMENT)
    later = unfolded(client.get(f"/ho-so/{code}/hen.ics/"))
    assert "STATUS:TENTATIVE" in later
    assert sequence(later) > sequence(text)
    assert uid(later) == uid(text)
    assert counter.client("nam").get(f"/ho-so/{code}/hen.ics/").status_code == 404


def test_a_title_cannot_smuggle_lines_into_a_calendar(counter):
    code = counter.file().code
    evil = "Xin\r\nBEGIN:VALARM\nACTION:EMAIL;x,y\\"
    office = {"agency_id": WARD, "name": evil, "address": "1 Phố", "phone": "", "one_stop": True}
    apps.get_model("agencies", "Office").objects.create(**office)
    text = counter.client("lan").get(f"/ho-so/{code}/hen.ics/").content.decode()
    assert not re.search(r"^(BEGIN:VALARM|ACTION)", text, re.MULTILINE)
    assert len(re.findall(r"^BEGIN:", text, re.MULTILINE)) == 2


def test_an_event_of_what_ended_is_cancelled(counter):
    code = counter.file().code
    counter.walk(code, Step.REFUSE)
    assert "STATUS:CANCELLED" in unfolded(counter.client("lan").get(f"/ho-so/{code}/hen.ics/"))


def unfolded(answer):
    return answer.content.replace(b"\r\n ", b"").decode()


def sequence(text):
    return int(re.search(r"^SEQUENCE:(\d+)", text, re.MULTILINE)[1])


def uid(text):
    return re.search(r"^UID:(.*)$", text, re.MULTILINE)[1]
