"""Who comes to the counter, or writes, answers a request for supplement as on their own page."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from motcua.backbone.http import bearer
from motcua.backbone.models import Entry, Look
from motcua.backbone.pdf import render_pdf
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.counter import ClerksOnly
from motcua.dossiers.operations.moving import NoSuchDossier
from motcua.dossiers.operations.standing import ConflictOfInterest
from motcua.dossiers.operations.supplement import Supplied, attach_answer
from motcua.dossiers.operations.supplement_at_desk import NotTheirs, Shown, supply_at_desk
from motcua.dossiers.operations.supplement_lacks import PartLacks
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.counter import NotChecked
from motcua.dossiers.rules.lifecycle import State, Step, StepNotAllowed
from motcua.dossiers.tests.conftest import MONDAY, a_file, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.files.queries.kept import NoSuchFile
from motcua.identity.operations.relatives import declare_relative

ANSWER = {"full_name": "Nguyễn Thị Lan Anh"}
WHY = "Tôi không còn giữ giấy này."
LETTER = Shown("letter", "RA123456789VN")
NOTHING = Supplied({}, {}, lacking={"proof": WHY, "full_name": ""})


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def asked(counter):
    """Ask for a paper and a field."""
    code = counter.file().code
    counter.walk(code, Step.ASK_SUPPLEMENT)
    return code


def card_of(counter, name):
    account = get_user_model().objects.get(pk=counter.actor(name).id)
    return Shown("card", account.personal_id)


def take(counter, code, shown, sent=NOTHING, who="clerk"):
    return supply_at_desk(code, shown, sent, by=counter.actor(who), at=MONDAY)


def last(counter, code):
    return dossier(code, by=counter.actor("lan"), at=MONDAY).history[-1]


def test_it_is_handed_in_in_the_applicant_s_name_and_who_took_it_is_told(counter, asked):
    scan = a_file(counter.actor("clerk"))
    sent = Supplied({"proof": [scan]}, ANSWER, "Xin xem giúp.")
    assert take(counter, asked, card_of(counter, "lan"), sent).state is State.NEW
    row, step = Dossier.objects.get(), last(counter, asked)
    assert (row.papers["proof"], row.answers["full_name"]) == ([scan], ANSWER["full_name"])
    assert (step.by_name, step.reason) == ("Nguyễn Thị Lan", "Xin xem giúp.")
    assert step.details["at_desk"] == ["Cán bộ clerk"]
    assert step.details["identity"] == ["card"]
    entry = Entry.objects.get(name="dossiers.supplement-taken")
    assert entry.by == counter.actor("clerk").id
    assert Look.objects.filter(purpose__startswith="Take what was asked for").exists()
    for who, place in (("lan", f"/ho-so/{asked}/"), ("clerk", f"/ban-lam-viec/{asked}/")):
        assert "tại quầy" in text_of(counter.client(who).get(place))
    assert counter.client("lan").get(f"/ho-so/{asked}/tep/{scan}/").status_code == 200


def test_what_the_applicant_put_there_already_goes_along(counter, asked):
    lan = counter.actor("lan")
    theirs = a_file(lan)
    attach_answer(asked, "proof", theirs, by=lan, at=MONDAY)
    scan = a_file(counter.actor("clerk"))
    take(counter, asked, LETTER, Supplied({"proof": [scan]}, ANSWER))
    assert Dossier.objects.get().papers["proof"] == [theirs, scan]
    assert last(counter, asked).details["tracking"] == [LETTER.proof]


def test_a_part_that_is_left_out_is_said_as_on_the_applicant_s_page(counter, asked):
    with refused(PartLacks) as refusal:
        take(counter, asked, LETTER, Supplied({}, ANSWER))
    assert [each["at"] for each in refusal.value.facts["problems"]] == ["proof"]
    take(counter, asked, LETTER, Supplied({}, ANSWER, lacking={"proof": WHY}))
    assert last(counter, asked).details["lacking_why"] == [WHY]


@pytest.mark.parametrize(
    ("shown", "refusal"),
    [
        (Shown("", "1"), NotChecked),
        (Shown("letter", "RA1"), NotChecked),
        (Shown("card", "001195999999"), NotTheirs),
        (Shown("receipt", ""), NotTheirs),
        (Shown("receipt", "ABCD-EFGH"), NotTheirs),
    ],
)
def test_it_has_to_be_shown_whose_it_is(counter, asked, shown, refusal):
    with refused(refusal):
        take(counter, asked, shown)
    with refused(NotTheirs):
        take(counter, asked, card_of(counter, "nam"))
    assert Dossier.objects.get().state == State.SUPPLEMENT


def test_the_secret_of_the_receipt_shows_it(counter, asked):
    Dossier.objects.update(claim="ABCDEFGH2345")
    take(counter, asked, Shown("receipt", " abcd-efgh-2345 "))
    assert last(counter, asked).details["identity"] == ["receipt"]


def test_only_a_clerk_of_the_agency_who_is_a_stranger_takes_it(counter, asked):
    for who, refusal in (
        ("specialist", ClerksOnly),
        ("lan", ClerksOnly),
        ("stranger", NoSuchDossier),
    ):
        with refused(refusal):
            take(counter, asked, LETTER, who=who)
    with refused(StepNotAllowed):
        take(counter, counter.file().code, LETTER)
    number, clerk = card_of(counter, "lan").proof, counter.actor("clerk")
    declare_relative(number, "Nguyễn Thị Lan", "sibling", by=clerk, at=now())
    with refused(ConflictOfInterest):
        take(counter, asked, LETTER)


def test_another_s_file_is_no_paper_of_it(counter, asked):
    sent = Supplied({"proof": [a_file(counter.actor("nam"))]}, ANSWER)
    with refused(NoSuchFile):
        take(counter, asked, LETTER, sent)


def test_a_page_takes_scans_and_keeps_what_was_typed(counter, asked):
    clerk, place = counter.client("clerk"), f"/ban-lam-viec/{asked}/nhan-bo-sung/"
    assert place in clerk.get(f"/ban-lam-viec/{asked}/").content.decode()
    assert place not in counter.client("leader").get(f"/ban-lam-viec/{asked}/").content.decode()
    check_shape(clerk.get(place))
    paper = render_pdf('#set document(title: "Giấy")\nGiấy', {})
    scan = SimpleUploadedFile("giay.pdf", paper, content_type="application/pdf")
    kept = clerk.post(place, {"file-proof": scan, "note": "Xin xem giúp.", "keep": "1"})
    assert kept["Location"] == place
    page = clerk.get(place)
    check_shape(page)
    html = page.content.decode()
    assert "giay.pdf" in html
    assert "Xin xem giúp." in html
    (file,) = clerk.session[f"dossiers.desk-supplement.{asked}"]["papers"]["proof"]
    assert f'value="{file}"' in html


def test_the_page_says_what_lacks_and_who_has_to_show_what(counter, asked):
    clerk, place = counter.client("clerk"), f"/ban-lam-viec/{asked}/nhan-bo-sung/"
    file = a_file(counter.actor("clerk"))
    seen = Dossier.objects.get().version
    typed = {"file-proof": file, "full_name": "Nguyễn Thị Lan", "send": "1", "seen": seen}
    half = clerk.post(place, typed)
    assert half.status_code == 422
    check_shape(half)
    assert 'href="#document"' in half.content.decode()
    shown = {"document": "card", "proof": "001195999999"}
    wrong = clerk.post(place, typed | shown | {"lacking": "full_name"})
    assert 'href="#proof"' in wrong.content.decode()
    shown = {"document": "card", "proof": card_of(counter, "lan").proof}
    unsaid = clerk.post(place, typed | shown)
    check_shape(unsaid)
    assert 'name="why-full_name"' in unsaid.content.decode()
    done = clerk.post(place, typed | shown | {"lacking": "full_name"})
    assert done["Location"] == f"/ban-lam-viec/{asked}/"
    assert Dossier.objects.get().papers["proof"] == [file]
    assert clerk.get(place)["Location"] == f"/ban-lam-viec/{asked}/"


def test_programs_of_the_desk_do_it_by_one_call_and_may_not_try_without_end(
    counter, client, asked, monkeypatch
):
    monkeypatch.setattr(bearer, "_resolvers", [lambda secret, scope, at: counter.actor("clerk")])
    keys = iter(range(30))

    def post(shown):
        headers = {"Authorization": "Bearer x", "Idempotency-Key": f"k{next(keys)}"}
        headers["If-Match"] = f'"{Dossier.objects.get().version}"'
        body = {"lacking": {"proof": WHY, "full_name": ""}, "shown": shown}
        path = f"/api/v1/dossiers/{asked}/supplement/at-desk"
        return client.post(path, json.dumps(body), "application/json", headers=headers)

    wrong = {"document": "card", "proof": "001195999999"}
    answers = [post(wrong) for _ in range(11)]
    assert [each.status_code for each in answers] == [403] * 10 + [429]
    assert answers[0].json()["code"] == "dossiers.not-theirs"
    Dossier.objects.update(version=9)
    monkeypatch.setattr("motcua.backbone.limits.now", lambda: MONDAY)
    done = post({"document": "letter", "proof": "RA123456789VN"})
    assert (done.status_code, done.json()["state"]) == (200, "new")
