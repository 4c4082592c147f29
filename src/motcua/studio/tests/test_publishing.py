"""Four eyes over a pack: proposed by one, published or sent back by another, withdrawn by two."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from motcua.backbone.http.refusals import StaleVersion
from motcua.backbone.models import Entry
from motcua.packs.operations.publishing import AlreadyWithdrawn, Published, publish_folder
from motcua.packs.operations.publishing import publish as put_in_force
from motcua.packs.queries.files import belongs
from motcua.packs.queries.folders import SHIPPED, read_files
from motcua.packs.queries.packs import NoSuchPack, definition_of, pack_for
from motcua.packs.queries.shelf import Standing, versions_of
from motcua.studio.operations.drafting import begin, write
from motcua.studio.operations.publishing import (
    NothingNew,
    NothingSaid,
    NotReady,
    TooEarly,
    propose,
    publish,
    send_back,
)
from motcua.studio.operations.withdrawing import (
    AlreadyAsked,
    AlreadyDecided,
    NoSuchWithdrawal,
    OwnRequest,
    ask_withdrawal,
    confirm_withdrawal,
    decline_withdrawal,
)
from motcua.studio.queries.beginnings import from_version
from motcua.studio.queries.drafts import changes_of, draft
from motcua.studio.queries.withdrawals import (
    UnknownWithdrawal,
    open_withdrawals,
    withdrawal,
    withdrawals_of,
)
from motcua.studio.rules.parcels import parcel_of, zipped
from motcua.studio.rules.stages import NotAnAuthor, NotThisStage, OwnWork, Stage
from motcua.studio.tests.samples import CLERK, CODES, HOA, LAN, MAI, NOON, files_of

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "2.000635"
TODAY, LATER = date(2026, 11, 24), date(2027, 1, 1)


@pytest.fixture
def begun():
    return begin(CODE, "Bản sao", files_of(), by=LAN, at=NOON)


@pytest.fixture
def proposed(begun):
    propose(begun, note="Mới", seen=0, by=LAN, at=NOON)
    return begun


@pytest.fixture
def version(proposed):
    return publish(proposed, valid_from=TODAY, seen=0, by=MAI, at=NOON)


def changed(text="Bản sao trích lục"):
    files = files_of()
    files["procedure.yaml"] = files["procedure.yaml"].replace("Nhận bản sao", text, 1)
    return files


def test_what_one_proposes_another_publishes_from_a_day(proposed):
    made = publish(proposed, valid_from=TODAY, seen=0, by=MAI, at=NOON)
    found = draft(proposed, by=LAN)
    assert (found.stage, found.published_as) == (Stage.PUBLISHED, made)
    assert definition_of(made)["procedure"]["valid_from"] == "2026-11-24"
    assert [c.what for c in changes_of(proposed, by=LAN)] == ["dated"]
    assert pack_for(CODE, on=TODAY).version == made
    assert [e.facts["act"] for e in Entry.objects.filter(name="studio.draft-moved")] == [
        "propose",
        "publish",
    ]


def test_a_later_day_is_a_schedule(proposed):
    made = publish(proposed, valid_from=LATER, seen=0, by=MAI, at=NOON)
    (found,) = versions_of([CODE], on=TODAY)
    assert (found.id, found.standing) == (made, Standing.SCHEDULED)
    assert pack_for(CODE, on=TODAY) is None
    assert pack_for(CODE, on=LATER).version == made


def test_a_day_that_is_over_is_refused(proposed):
    with pytest.raises(TooEarly):
        publish(proposed, valid_from=date(2026, 11, 23), seen=0, by=MAI, at=NOON)
    assert draft(proposed, by=LAN).files == files_of()


def test_the_writer_does_not_publish_nor_anybody_who_wrote_a_part(begun):
    write(begun, changed(), what="x", seen=0, by=MAI, at=NOON)
    propose(begun, note="Mới", seen=1, by=LAN, at=NOON)
    for by in (LAN, MAI):
        with pytest.raises(OwnWork):
            publish(begun, valid_from=TODAY, seen=1, by=by, at=NOON)
    assert publish(begun, valid_from=TODAY, seen=1, by=HOA, at=NOON)


def test_only_what_has_no_errors_is_proposed(begun):
    broken = files_of()["procedure.yaml"].replace('"60/2014/QH13 art. 64"', "7", 1)
    write(begun, {"procedure.yaml": broken}, what="x", seen=0, by=LAN, at=NOON)
    with pytest.raises(NotReady) as refused:
        propose(begun, note="Mới", seen=1, by=LAN, at=NOON)
    assert refused.value.facts["problems"][0]["at"].startswith("procedure.yaml:")


def test_an_example_that_comes_to_another_fee_keeps_a_pack_from_being_proposed(begun):
    name = next(n for n in files_of() if n.startswith("examples/valid"))
    wrong = files_of()[name].replace('"fee": ', '"fee": 1')
    write(begun, {name: wrong}, what="x", seen=0, by=LAN, at=NOON)
    with pytest.raises(NotReady):
        propose(begun, note="Mới", seen=1, by=LAN, at=NOON)


def test_a_proposal_and_its_return_are_said_in_words(begun):
    with pytest.raises(NothingSaid):
        propose(begun, note="  ", seen=0, by=LAN, at=NOON)
    with pytest.raises(StaleVersion):
        propose(begun, note="Mới", seen=3, by=LAN, at=NOON)
    propose(begun, note="Mới", seen=0, by=LAN, at=NOON)
    with pytest.raises(NothingSaid):
        send_back(begun, reason="", by=MAI, at=NOON)
    send_back(begun, reason="Thiếu phí", by=MAI, at=NOON)
    found = draft(begun, by=LAN)
    assert (found.stage, found.note, found.noted_by_name) == (Stage.WRITING, "Thiếu phí", "Mai Mai")


def test_nobody_writes_what_is_proposed_or_published(proposed):
    with pytest.raises(NotThisStage):
        write(proposed, {"form.yaml": "x"}, what="x", seen=0, by=LAN, at=NOON)
    with pytest.raises(NotThisStage):
        propose(proposed, note="x", seen=0, by=LAN, at=NOON)
    with pytest.raises(StaleVersion):
        publish(proposed, valid_from=TODAY, seen=9, by=MAI, at=NOON)


@pytest.mark.usefixtures("version")
def test_the_same_again_is_no_new_version():
    again = begin(CODE, "Bản sao", draft_files(), by=LAN, at=NOON)
    propose(again, note="Lại", seen=0, by=LAN, at=NOON)
    with pytest.raises(NothingNew):
        publish(again, valid_from=TODAY, seen=0, by=MAI, at=NOON)
    assert draft(again, by=LAN).stage is Stage.PROPOSED


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_pack_begun_in_the_studio_and_fetched_is_the_same_pack(code):
    made = publish_folder(SHIPPED / code, by=LAN, at=NOON)
    start = from_version(made.version)
    begun = begin(start.code, start.title, start.files, base=start.base, by=LAN, at=NOON)
    fetched = zipped(draft(begun, by=LAN).files, folder=code)
    files = parcel_of([("goi.zip", fetched)], belongs=belongs).files
    again = put_in_force(read_files(files), by=MAI, at=NOON)
    assert again == Published(made.version, new=False)


def draft_files():
    files = files_of()
    files["procedure.yaml"] = files["procedure.yaml"].replace("2026-01-01", "2026-11-24", 1)
    return files


def test_of_two_publishers_at_once_one_wins(proposed):
    start, came_to = Barrier(2), []

    def go(by):
        start.wait()
        try:
            came_to.append(publish(proposed, valid_from=TODAY, seen=0, by=by, at=NOON))
        except NotThisStage:
            came_to.append("too late")
        finally:
            connection.close()

    threads = [Thread(target=go, args=(by,)) for by in (MAI, HOA)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.partition("@")[0] for each in came_to) == [CODE, "too late"]
    assert len(versions_of([CODE], on=TODAY)) == 1


def test_a_version_is_withdrawn_by_two(version):
    number = ask_withdrawal(version, reason="Sai phí", by=LAN, at=NOON)
    assert [each.id for each in open_withdrawals(by=MAI)] == [number]
    with pytest.raises(AlreadyAsked):
        ask_withdrawal(version, reason="Sai", by=MAI, at=NOON)
    with pytest.raises(OwnRequest):
        confirm_withdrawal(number, by=LAN, at=NOON)
    confirm_withdrawal(number, by=MAI, at=NOON)
    (found,) = versions_of([CODE], on=TODAY)
    assert (found.standing, found.withdrawn_for) == (Standing.WITHDRAWN, "Sai phí")
    assert withdrawal(number, by=LAN).confirmed
    with pytest.raises(AlreadyDecided):
        confirm_withdrawal(number, by=HOA, at=NOON)
    with pytest.raises(AlreadyWithdrawn):
        ask_withdrawal(version, reason="Sai", by=MAI, at=NOON)


def test_a_request_is_declined_in_words_and_can_be_made_again(version):
    number = ask_withdrawal(version, reason="Sai phí", by=LAN, at=NOON)
    with pytest.raises(NothingSaid):
        decline_withdrawal(number, note=" ", by=MAI, at=NOON)
    decline_withdrawal(number, note="Phí đúng", by=MAI, at=NOON)
    assert open_withdrawals(by=LAN) == ()
    again = ask_withdrawal(version, reason="Vẫn sai", by=LAN, at=NOON)
    assert [each.id for each in withdrawals_of(CODE, by=LAN)] == [again, number]
    assert pack_for(CODE, on=TODAY).version == version


def test_only_administrators_take_part(version):
    number = ask_withdrawal(version, reason="Sai phí", by=LAN, at=NOON)
    for refused in (
        lambda: ask_withdrawal(version, reason="x", by=CLERK, at=NOON),
        lambda: confirm_withdrawal(number, by=CLERK, at=NOON),
        lambda: decline_withdrawal(number, note="x", by=CLERK, at=NOON),
    ):
        with pytest.raises(NotAnAuthor):
            refused()
    with pytest.raises(UnknownWithdrawal):
        withdrawal(number, by=CLERK)
    with pytest.raises(NoSuchWithdrawal):
        confirm_withdrawal(number + 1, by=MAI, at=NOON)
    with pytest.raises(NoSuchPack):
        ask_withdrawal("9.999999@1-00000000", reason="x", by=LAN, at=NOON)
    with pytest.raises(NothingSaid):
        ask_withdrawal(version, reason="", by=LAN, at=NOON)
