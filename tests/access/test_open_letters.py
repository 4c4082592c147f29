"""The page of letters good for all procedures: who sees it, what it does, whom it tells."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils.timezone import localdate, now

from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.counter import check_shape, text_of
from motcua.identity.events import AuthorityLimited
from motcua.identity.operations.authorities import record_authority
from motcua.identity.queries.authorities import AuthorityKind, known_authority
from motcua.identity.rules.parties import PartyKind, Principal
from motcua.notices.handlers.people import tell_that_it_is_limited
from tests.access.world import PROCEDURE, STRANGERS

LIST = "/quan-tri/uy-quyen/"


@pytest.fixture
def letter(world):
    """Nam's letter from a company, by which Lan's dossier was filed."""
    written = record_authority(
        Principal(PartyKind.ORGANISATION, "0100109106", "Công ty cổ phần Hoa Sen"),
        kind=AuthorityKind.REPRESENTATIVE,
        until=localdate() + timedelta(days=700),
        basis="Giấy giới thiệu số 5",
        document=None,
        procedures=frozenset(),
        agent=world.counter.actor("nam").id,
        by=world.counter.actor("clerk"),
        at=now(),
    )
    firm = known_authority(written, at=now()).principal
    mine = Dossier.objects.filter(code=world.things["code"])
    mine.update(applicant=firm, authority=written)
    return written


@pytest.mark.parametrize("who", ["leader", "administrator"])
def test_who_leads_or_administers_the_agency_limits_it_to_what_it_was_used_for(world, letter, who):
    browser, page = world.client(who), f"{LIST}{letter}/"
    listed = browser.get(LIST)
    check_shape(listed)
    assert page in listed.content.decode()
    shown = browser.get(page)
    check_shape(shown)
    assert PROCEDURE in text_of(shown)
    refused = browser.post(page, {"procedures": "khong-co"})
    assert refused.status_code == 422
    assert "chọn ít nhất một thủ tục" in text_of(refused)
    assert browser.post(page, {"procedures": PROCEDURE}).url == LIST
    assert known_authority(letter, at=now()).procedures == {PROCEDURE}
    assert page not in browser.get(LIST).content.decode()
    entry = Entry.objects.get(name="identity.authority-limited")
    tell_that_it_is_limited(AuthorityLimited(subject=entry.subject, **entry.facts), now())
    notices = apps.get_model("notices", "Notice").objects.filter(kind="notices.letter-limited")
    assert [each.person for each in notices] == [world.counter.actor("nam").id]


def test_it_ends_there_with_a_reason(world, letter):
    browser, page = world.client("leader"), f"{LIST}{letter}/"
    assert browser.post(page, {"viec": "ket-thuc", "reason": ""}).status_code == 422
    ended = {"viec": "ket-thuc", "reason": "Giấy chỉ ghi một thủ tục."}
    assert browser.post(page, ended).url == LIST
    assert not known_authority(letter, at=now()).holds


@pytest.mark.parametrize("who", ["clerk", "specialist", "auditor", "nam", *STRANGERS])
def test_nobody_else_does(world, letter, who):
    browser, page = world.client(who), f"{LIST}{letter}/"
    for answer in (browser.get(page), browser.post(page, {"procedures": PROCEDURE})):
        assert answer.status_code in {403, 404}
    assert "Giấy giới thiệu số 5" not in browser.get(LIST).content.decode()
    assert known_authority(letter, at=now()).procedures == frozenset()
