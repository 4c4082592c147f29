"""Filing for a child, or for an organisation: from the button to the dossier in their name."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import localdate, now

from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.dossiers.operations.filing import file_draft
from motcua.dossiers.operations.for_whom import OnlyForOneself, file_for
from motcua.dossiers.operations.standing import ActingEnded
from motcua.dossiers.tests.conftest import MONDAY, a_file, answers, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.linked import PACKS
from motcua.identity.operations.authorities import record_authority, revoke_authority
from motcua.identity.queries.authorities import AuthorityKind, NoSuchAuthority
from motcua.identity.queries.parties import PartyKind, Principal
from motcua.identity.queries.people import actor_for
from motcua.packs.operations.publishing import publish_folder

pytestmark = pytest.mark.django_db
CHILD = Principal(PartyKind.PERSON, "001220000456", "Nguyễn Gia Bảo", date(2020, 5, 4))
FIRM = Principal(PartyKind.ORGANISATION, "0100109106", "Công ty Hoa Sen")


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def authority_of(actor, principal=CHILD, kind=AuthorityKind.PARENT, **more):
    facts = {"document": None, "procedures": frozenset(), "basis": "Giấy khai sinh"} | more
    until = localdate() + timedelta(days=30)
    return record_authority(principal, kind=kind, until=until, by=actor, at=now(), **facts)


def a_draft(actor):
    draft = begin_draft("9.000001", by=actor, at=now())
    save_answers(draft, answers(), by=actor, at=now())
    attach(draft, "proof", a_file(actor, now()), by=actor, at=now())
    return draft


def test_a_mother_begins_chooses_her_child_and_files_in_the_child_s_name(counter):
    lan, browser = counter.actor("lan"), counter.client("lan")
    number = authority_of(lan)
    start = browser.get("/nop/9.000001/")
    assert 'name="another"' in start.content.decode()
    begun = browser.post("/nop/9.000001/bat-dau/", {"another": "1"})
    assert begun.url.endswith("/cho-ai/")
    asked = browser.get(begun.url)
    check_shape(asked)
    assert CHILD.name in text_of(asked)
    assert browser.post(begun.url, {"who": number}).status_code == 302
    draft = Draft.objects.get()
    assert (draft.for_name, str(draft.authority)) == (CHILD.name, number)
    save_answers(draft.pk, answers(), by=lan, at=now())
    attach(draft.pk, "proof", a_file(lan, now()), by=lan, at=now())
    check = browser.get(f"/khai/{draft.pk}/kiem-tra/")
    assert CHILD.name in text_of(check)
    assert browser.post(f"/khai/{draft.pk}/kiem-tra/", {"declared": "1"}).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.applicant_name, dossier.agent, dossier.filer) == (CHILD.name, lan.id, lan.id)
    assert (str(dossier.authority), dossier.applicant == lan.id) == (number, False)
    assert dossier.claim
    assert browser.get(f"/ho-so/{dossier.code}/").status_code == 200
    assert counter.client("nam").get(f"/ho-so/{dossier.code}/").status_code == 404


def test_what_is_known_of_one_is_filled_in_for_the_other_and_what_was_typed_stays(huong):
    huong.post("/nop/1.001193/bat-dau/", {})
    draft = Draft.objects.get()
    me = actor_for(draft.applicant)
    own = dict(draft.answers)
    assert me.name in str(own)
    number, choose = authority_of(me), f"/khai/{draft.pk}/cho-ai/"
    huong.post(choose, {"who": number})
    draft.refresh_from_db()
    assert CHILD.number in str(draft.answers)
    assert me.name not in str(draft.answers)
    huong.post(choose, {"who": "toi"})
    draft.refresh_from_db()
    assert (draft.answers, draft.for_whom, draft.authority) == (own, "", None)
    typed = dict.fromkeys(own, "Tự gõ")
    save_answers(draft.pk, typed, by=me, at=now())
    huong.post(choose, {"who": authority_of(me, FIRM, AuthorityKind.REPRESENTATIVE)})
    draft.refresh_from_db()
    assert {name: draft.answers[name] for name in own} == typed


def test_nobody_chooses_the_authority_of_another_or_one_for_another_procedure(counter):
    lan, nam = counter.actor("lan"), counter.actor("nam")
    his = authority_of(nam)
    elsewhere = authority_of(
        lan, FIRM, AuthorityKind.REPRESENTATIVE, procedures=frozenset({"1.001193"})
    )
    draft = a_draft(lan)
    for number in (his, elsewhere, "no id"):
        with refused(NoSuchAuthority):
            file_for(draft, number, by=lan, at=now())
        answer = counter.client("lan").post(f"/khai/{draft}/cho-ai/", {"who": number})
        assert answer.status_code == 422
        check_shape(answer)
    assert Draft.objects.get().authority is None


def test_an_authority_that_ended_in_between_files_nothing(counter):
    lan = counter.actor("lan")
    number, draft = authority_of(lan), a_draft(lan)
    file_for(draft, number, by=lan, at=now())
    revoke_authority(number, "", lan, now())
    with refused(ActingEnded):
        file_draft(draft, by=lan, at=now())
    assert not Dossier.objects.exists()
    file_for(draft, None, by=lan, at=now())
    assert file_draft(draft, by=lan, at=now()).claim == ""


def test_an_authority_that_expired_at_midnight_files_nothing(counter):
    lan = counter.actor("lan")
    draft, at = a_draft(lan), now()
    file_for(draft, authority_of(lan), by=lan, at=at)
    with refused(ActingEnded):
        file_draft(draft, by=lan, at=at + timedelta(days=31))


def test_an_account_acted_for_gets_no_secret_for_it_has_its_dossiers(counter):
    lan, nam = counter.actor("lan"), counter.actor("nam")
    his = get_user_model().objects.get(pk=nam.id)
    himself = Principal(PartyKind.PERSON, his.personal_id, his.name, his.birth_date)
    draft = a_draft(lan)
    file_for(draft, authority_of(lan, himself, AuthorityKind.ATTORNEY), by=lan, at=now())
    assert file_draft(draft, by=lan, at=now()).claim == ""
    code = Dossier.objects.get().code
    assert counter.client("nam").get(f"/ho-so/{code}/").status_code == 200


def test_a_linked_filing_is_only_for_oneself(counter):
    lan = counter.actor("lan")
    published = publish_folder(PACKS / "9.000010", by=lan, at=MONDAY)
    draft = Draft.objects.create(
        applicant=lan.id, procedure="9.000010", pack=published.version, updated_at=MONDAY
    )
    with refused(OnlyForOneself):
        file_for(draft.pk, authority_of(lan), by=lan, at=now())
