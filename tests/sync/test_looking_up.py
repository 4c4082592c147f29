"""A portal above asks about a dossier of ours, and what steps are told besides."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from motcua.backbone.looks import looks_at_me
from motcua.dossiers.models import Dossier as Ours
from motcua.dossiers.models import Transition
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer
from motcua.dossiers.queries.slips import control_slip
from motcua.dossiers.queries.stage_times import stage_times
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, a_file, ward
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.dossiers.tests.test_changed_packs import changed
from motcua.exchange.tests.conftest import PORTAL, _own_files
from motcua.exchange.tests.places import HANOI, HUE
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Taken
from motcua.kernel.actors import Actor
from motcua.sync.models import Detail, Status
from motcua.sync.operations.parents import LegacyAccount, add_legacy_parent
from motcua.sync.operations.partitions import archive_year
from motcua.sync.operations.systems import make_system
from motcua.sync.operations.telling import tell_parent
from motcua.sync.rules.legacy.texts import moment_text
from tests.sync.legacy import DSTCODE, Vendor

__all__ = ["_own_files", "ward"]
HUB = "000.00.00.G22"
AT_THE_HUB = f"{HUB}-261102-0007"
THEIRS = "000.00.16.H57-261102-0001"


@pytest.fixture(autouse=True)
def _open(settings):
    settings.SYNC_LEGACY = True


@pytest.fixture
def counter(ward, tmp_path):
    """The little pack, whose specialist has half a day."""
    limited = "role: specialist, limit: {amount: 4, unit: working_hours}"
    folder = tmp_path / "pack"
    folder.mkdir()
    return Counter(changed(folder, workflow=("role: specialist", limited))).open()


@pytest.fixture
def above(client, db):
    made = make_system("cong-tren", HUB, title="Cổng trên", above=True, by=PORTAL, at=now())
    return Vendor(client, made)


def came_from_the_hub(code):
    Taken.objects.create(
        member=HUB, code=AT_THE_HUB, dossier=code, digest="", entry=uuid4(), person={}, at=now()
    )


def supply(counter, code, *, days):
    """Let Lan hand in what was asked for."""
    lan, at = counter.actor("lan"), MONDAY + timedelta(days=days)
    attach_answer(code, "proof", a_file(lan, at), by=lan, at=at)
    answer_supplement(code, {"full_name": "Nguyễn Thị Lan"}, by=lan, at=at)


def test_a_portal_above_sees_of_ours_what_it_would_be_told(above, counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    specialist = counter.actor("specialist")
    take_step(code, Step.PROPOSE, by=specialist, at=MONDAY, reason="Chỉ để trong cơ quan")
    (found,) = above.call("TraCuuHoSo", MaHoSo=code)["result"]
    ours = Ours.objects.get()
    assert (found["MaHoSo"], found["MaTTHC"]) == (code, ours.procedure)
    assert found["NgayHenTra"] == moment_text(ours.due_at)
    assert [step["TrangThai"] for step in found["DanhSachTienDo"]] == ["1", "2", "4", "4"]
    assert found["MaDoiTuong"] == ""
    assert "Chỉ để trong cơ quan" not in str(found)
    (look,) = looks_at_me(by=counter.actor("lan"), agency=HUB)
    assert (look.reference, look.by_name) == (code, "Cổng trên")


def test_one_that_came_from_there_is_found_by_its_code_there(above, counter):
    code = counter.file().code
    assert above.call("TraCuuHoSo", MaHoSo=AT_THE_HUB)["error_code"] == "sync.no-such-dossier"
    came_from_the_hub(code)
    (found,) = above.call("TraCuuHoSo", MaHoSo=AT_THE_HUB)["result"]
    assert found["MaHoSo"] == code


def test_nobody_else_sees_ours(counter, client, above):
    code = counter.file().code
    came_from_the_hub(code)
    beside = Vendor(client, make_system("hue-dvc", HUE, title="", by=PORTAL, at=now()))
    assert beside.call("TraCuuHoSo", MaHoSo=code)["error_code"] == "sync.no-such-dossier"
    other = make_system("khac", "000.00.00.G01", title="", above=True, by=PORTAL, at=now())
    asked = Vendor(client, other).call("TraCuuHoSo", MaHoSo=AT_THE_HUB)
    assert asked["error_code"] == "sync.no-such-dossier"
    Ours.objects.update(code=THEIRS)
    assert above.call("TraCuuHoSo", MaHoSo=THEIRS)["error_code"] == "sync.no-such-dossier"
    assert above.call("TraCuuHoSo", MaHoSo="x" * 100)["error_code"] == "sync.no-such-dossier"
    assert looks_at_me(by=counter.actor("lan"), agency=HUB) == []


def test_of_a_year_put_away_it_is_said_whom_to_ask_as_on_the_page(above, client):
    code = "000.00.16.H57-200917-0001"
    asked = above.call("TraCuuHoSo", MaHoSo=code)
    assert asked["error_code"] == "sync.no-such-dossier"
    archive_year(2020, ask="Trung tâm Lưu trữ", by=Actor.system("sync"), at=now())
    for facts in ({"MaHoSo": code}, {"data": {"MaHoSo": code}}):
        asked = above.call("TraCuuHoSo", **facts)
        assert (asked["error_code"], asked["result"]) == ("sync.year-put-away", [])
        assert "2020" in asked["message"]
        assert "Trung tâm Lưu trữ" in asked["message"]


def test_a_code_is_read_wherever_vendors_put_it(above, counter):
    code = counter.file().code
    one = {"MaHoSo": f" {code} "}
    for data in (one, [one], json.dumps(one), json.dumps([one])):
        (found,) = above.call("TraCuuHoSo", data=data)["result"]
        assert found["MaHoSo"] == code
    for data in ("{", code, "[]", [1], [{}], {"MaHoSo": []}, {"MaHoSo": "a\0"}, 7):
        assert above.call("TraCuuHoSo", data=data)["error_code"] == "sync.no-things"
    assert above.call("TraCuuHoSo", data=[one, one])["error_code"] == "sync.too-many-items"
    assert above.call("TraCuuHoSo")["error_code"] == "sync.no-such-dossier"


def test_the_times_of_a_step_are_those_of_the_control_slip(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    supply(counter, code, days=2)
    counter.walk(code, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    slip = control_slip(code, by=counter.actor("leader"), at=now())
    rows = list(Transition.objects.order_by("id").values_list("id", "step"))
    times = stage_times([Ours.objects.get().pk])
    filed = rows[0][0]
    assert set(times) == {number for number, _ in rows} - {filed}
    at = {step: times.get(number) for number, step in rows}
    ended = [leg for leg in slip.legs if leg.ended is not None]
    told = [at[step] for step in (Step.FORWARD, Step.PROPOSE, Step.APPROVE)]
    assert [(leg.began, leg.due) for leg in ended] == [(each.began, each.due) for each in told]
    assert [leg.due is not None for leg in ended] == [False, True, False]
    assert at[Step.ASK_SUPPLEMENT].began == at[Step.FORWARD].began


def test_what_happens_later_does_not_change_the_times_of_a_step(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT)
    number = Ours.objects.get().pk
    before = stage_times([number])
    counter.walk(code, Step.ASK_SUPPLEMENT)
    supply(counter, code, days=9)
    after = stage_times([number])
    assert {key: after[key] for key in before} == before


def test_many_dossiers_are_a_few_statements(counter, django_assert_max_num_queries):
    numbers = []
    for _ in range(4):
        code = counter.file().code
        counter.walk(code, Step.ACCEPT, Step.FORWARD)
        numbers.append(Ours.objects.get(code=code).pk)
    with django_assert_max_num_queries(5):
        assert len(stage_times(numbers)) == 8


@pytest.mark.django_db(transaction=True)
def test_a_parent_is_told_the_times(live_server, counter):
    made = make_system("ha-noi", HANOI, title="", by=PORTAL, at=now())
    where = f"{live_server.url}/dich-vu-cong"
    account = LegacyAccount(where, made.username, made.password, DSTCODE, inside=True)
    parent = add_legacy_parent(HANOI, "dvcqg", account, by=PORTAL, at=now())
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    tell_parent(parent, clock=now)
    known = stage_times([Ours.objects.get().pk])
    proposed = known[max(known)]
    assert proposed.due is not None
    told = [row.facts for row in Detail.objects.exclude(part="").order_by("as_of", "id")]
    assert {row["NgayBatDau"] for row in told} == {moment_text(proposed.began)}
    due = [row.get("NgayKetThucTheoQuyDinh", "") for row in told]
    assert moment_text(proposed.due) in due


@pytest.mark.django_db(transaction=True)
def test_a_system_below_is_told_both_codes_of_what_came_from_a_hub(live_server, counter):
    made = make_system("ben-duoi", HUE, title="", above=True, by=PORTAL, at=now())
    where = f"{live_server.url}/dich-vu-cong"
    account = LegacyAccount(where, made.username, made.password, DSTCODE, inside=True)
    below = add_legacy_parent(HANOI, "hue", account, below="H57", by=PORTAL, at=now())
    Ours.objects.filter(code=counter.file().code).update(code=THEIRS)
    came_from_the_hub(THEIRS)
    tell_parent(below, clock=now)
    row = Status.objects.get()
    assert (row.code, row.member) == (THEIRS, "H57")
    assert Detail.objects.get().facts["MaHoSo"] == AT_THE_HUB


def test_a_status_told_under_another_member_s_code_is_still_foreign(above):
    data = {"MaHoSo": AT_THE_HUB, "MaHoSoDonVi": THEIRS, "TrangThai": "4"}
    data |= {"NgayXuLy": "20261102100000", "NoiDung": ""}
    assert above.call("DongBoTrangThaiHoSo", type="2", data=data)["error_code"] == "1"
    assert not Status.objects.exists()


def test_a_request_that_was_told_keeps_its_reason(above, counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    (found,) = above.call("TraCuuHoSo", MaHoSo=code)["result"]
    assert found["DanhSachTienDo"][-1]["NoiDungXuLy"].endswith(WHY)
