"""Systems that speak the old portal's interface tell of dossiers: tolerant, merged, told back."""

import json

import pytest

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.queries.procedures import procedure
from motcua.catalogue.rules.laythutuc import read_laythutuc_record
from motcua.exchange.tests.conftest import PORTAL, _own_files
from motcua.exchange.tests.wire import now
from motcua.kernel.worktime import Unit
from motcua.sync.models import Detail, Dossier, Refusal, Status, SystemCall
from motcua.sync.operations.systems import make_system
from motcua.sync.rules.mending import fields_in
from motcua.sync.rules.persons import DUMMY
from motcua.sync.tests.streams import HUE, code_of, send, status, tables
from tests.sync.legacy import Vendor, legacy_dossier, legacy_step

__all__ = ["_own_files"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(settings):
    settings.SYNC_LEGACY = True


@pytest.fixture
def vendor(client):
    return Vendor(client, make_system("hue-dvc", HUE, title="Huế", by=PORTAL, at=now()))


def test_a_vendor_signs_in_and_tells_of_dossiers_and_steps(vendor):
    assert vendor.auth()["error_code"] == 0
    answer = vendor.call("DongBoHoSoMC", isUpdating="False", data=[legacy_dossier(1)])
    assert answer == {"error_code": "0", "message": "", "result": []}
    steps = [legacy_step(1), legacy_step(1, "9", at="20260918100000")]
    assert vendor.call("CapNhatTienDoHoSoMC", data=steps)["error_code"] == "0"
    held = Dossier.objects.get()
    assert (held.code, held.member, held.title) == (code_of(1), "H57", "Khai sinh")
    assert f"{held.received_at:%Y%m%d%H%M}" == "202609170112"
    assert held.person is not None
    told = Status.objects.order_by("at")
    assert [each.status for each in told] == [2, 4, 9]
    assert told[1].who == "Trần Văn Bình, Chuyên viên, Phòng Tư pháp"
    call = SystemCall.objects.order_by("id").last()
    assert (call.verb, call.items, call.untaken, call.said) == ("CapNhatTienDoHoSoMC", 2, 0, "0")


def test_inserts_repeated_as_updates_and_in_any_order_end_the_same(vendor):
    items = [legacy_dossier(1), legacy_dossier(1, NgayKetThucXuLy="20260918090000")]
    vendor.call("DongBoHoSoMC", isUpdating="False", data=items)
    once = tables()
    for data in (items[:1], items[::-1], items * 2):
        vendor.call("DongBoHoSoMC", isUpdating="False", data=data)
    assert tables() == once
    assert Dossier.objects.get().done_at is not None
    vendor.call("DongBoHoSoMC", isUpdating="True", data=[{**items[1], "ChuHoSo": "Lan"}])
    assert Dossier.objects.get().applicant == "Lan"


def test_what_really_arrives_is_taken_kept_and_flagged(vendor):
    odd = legacy_dossier(
        1,
        MaDoiTuong="000000001",
        TrangThaiHoSo=9,
        KenhThucHien=2,
        NgayHenTra="",
        NgayTra=None,
        LoaiDoiTuong="",
        TruongLa={"a": 1},
    )
    assert vendor.call("DongBoHoSoMC", data=odd)["error_code"] == "0"
    held = Dossier.objects.get()
    assert (held.person, held.flags, held.channel, held.done_at) == (None, DUMMY, 2, None)
    assert Status.objects.get().status == 9
    assert Detail.objects.get().facts == {"TruongLa": {"a": "1"}}


def test_what_may_be_missing_and_cannot_be_read_is_left_out_named_and_kept_as_it_came(vendor):
    odd = legacy_dossier(1, NgayHenTra="mai", LoaiDoiTuong="hộ gia đình", NgayTuChoi="20261341")
    answer = vendor.call("DongBoHoSoMC", data=odd)
    assert answer["error_code"] == "0"
    assert "NgayHenTra, NgayTuChoi, LoaiDoiTuong" in answer["result"][0]["message"]
    held = Dossier.objects.get()
    assert (held.due_at, held.kind) == (None, 1)
    assert held.received_at is not None
    assert fields_in(held.flags) == ("due_at", "kind")
    kept = {"NgayHenTra": "mai", "LoaiDoiTuong": "hộ gia đình", "NgayTuChoi": "20261341"}
    assert Detail.objects.get().facts == kept


def test_papers_fees_supplements_and_results_are_kept(vendor):
    supplement = [{"HoSoBoSungId": 7, "NoiDungBoSung": "Thiếu giấy chứng sinh"}]
    facts = {
        "TaiLieuNop": [{"TenTepDinhKem": "to-khai.pdf", "DuocSoHoa": 1}],
        "DanhSachLePhi": [{"TenPhiLePhi": "Lệ phí", "Gia": 8000}],
        "DanhSachHoSoBoSung": supplement,
        "SoDienThoai": "0912345678",
        "Email": "lan@example.vn",
    }
    vendor.call("DongBoHoSoMC", data=[legacy_dossier(1, **facts)])
    kept = Detail.objects.get()
    assert set(kept.facts) == {"TaiLieuNop", "DanhSachLePhi", "DanhSachHoSoBoSung"}
    assert kept.facts["DanhSachHoSoBoSung"][0]["HoSoBoSungId"] == "7"
    many = [{"TenTepDinhKem": "x" * 400} for _ in range(200)]
    larger = legacy_dossier(1, **{**facts, "TaiLieuNop": many})
    answer = vendor.call("DongBoHoSoMC", isUpdating="True", data=[larger])
    assert answer["error_code"] == "0"
    assert "TaiLieuNop" in answer["result"][0]["message"]
    assert Detail.objects.get().left_out == ["TaiLieuNop"]


def test_things_that_come_as_a_text_of_json_are_read_too(vendor):
    data = json.dumps([legacy_step(1), legacy_step(1, "9", at="20260918100000")])
    assert vendor.call("CapNhatTienDoHoSoMC", data=data)["error_code"] == "0"
    one = json.dumps(legacy_dossier(1))
    assert vendor.call("DongBoHoSoMC", data=one)["error_code"] == "0"
    assert {row.status for row in Status.objects.all()} == {2, 4, 9}
    assert Dossier.objects.get().code == code_of(1)


def test_what_is_not_taken_is_told_by_place_and_reason_and_noted(vendor):
    data = [
        legacy_dossier(1),
        legacy_dossier(2, code=code_of(2, top="H26")),
        legacy_dossier(3, code="khong-phai-ma"),
        legacy_dossier(4, NgayTiepNhan="hôm qua"),
        legacy_dossier(5, TrangThaiHoSo="11"),
        "không phải hồ sơ",
        legacy_dossier(7, ChuHoSo="a\0b"),
        {"k": "s", "code": code_of(8), "at": "2026-09-17T01:00:00Z", "status": 2},
    ]
    answer = vendor.call("DongBoHoSoMC", data=data)
    assert answer["error_code"] == "1"
    assert "7 trên 8" in answer["message"]
    told = [(each["stt"], each["error_code"]) for each in answer["result"]]
    wanted = ["foreign", "code", "time", "status", "shape", "nul", "time"]
    assert told == list(zip("2345678", wanted, strict=True))
    assert all(each["message"] for each in answer["result"])
    assert [each.code for each in Dossier.objects.all()] == [code_of(1)]
    assert sum(run.last - run.first + 1 for run in Refusal.objects.all()) >= 7


def test_legacy_and_native_rows_of_one_step_are_both_there(vendor):
    vendor.call("CapNhatTienDoHoSoMC", data=[legacy_step(1, "2")])
    send([status(1, 4, hours=5)])
    assert sorted(Status.objects.values_list("status", flat=True)) == [2, 4]


def test_a_dossier_is_looked_up_by_who_told_of_it(vendor, client):
    vendor.call("DongBoHoSoMC", data=[legacy_dossier(1)])
    (found,) = vendor.call("TraCuuHoSo", MaHoSo=code_of(1))["result"]
    assert (found["NgayTiepNhan"], found["TrangThaiHoSo"]) == ("20260917081200", "2")
    other = Vendor(client, make_system("dn-dvc", "000.00.00.H17", title="", by=PORTAL, at=now()))
    assert other.call("TraCuuHoSo", MaHoSo=code_of(1))["error_code"] == "sync.no-such-dossier"


def test_the_catalogue_is_given_in_its_shape(vendor):
    for verb in ("LayDanhSachTTHC", "LayDanhMucCoQuan", "LayDanhMucLinhVuc"):
        assert vendor.call(verb)["error_code"] == "0"
    assert vendor.call("LayThuTuc", maTTHC="0.0")["error_code"] == "catalogue.no-such-procedure"


def test_a_procedure_is_told_in_the_field_s_numbers_and_words(vendor):
    load_demo_catalogue(by=PORTAL, at=now())
    listed = vendor.call("LayDanhSachTTHC")["result"]
    assert len(listed) > 50
    units = set()
    for code in [each["MATTHC"] for each in listed][::7]:
        (told,) = vendor.call("LayThuTuc", maTTHC=code)["result"]
        ours = procedure(code).reading
        read, _troubles = read_laythutuc_record(told)
        assert [each.way for each in read.channels] == [each.way for each in ours.channels]
        for way in told["CACHTHUCTHUCHIEN"]:
            assert way["KENH"] in {"1", "2", "3"}
            units |= {limit["DONVITINH"] for limit in way["THOIGIAN"]}
        for theirs, known in zip(read.channels, ours.channels, strict=True):
            assert known.unit in {theirs.unit, Unit.SAME_DAY}
    assert units <= {"", "Ngày làm việc", "Ngày", "Giờ làm việc", "Giờ", "Tháng", "Trong ngày"}
    assert "Ngày làm việc" in units
    assert vendor.call("XoaHoSo")["error_code"] == "sync.no-such-verb"


def test_a_portal_above_tells_a_status_of_ours_without_moving_it(client):
    made = make_system("cong-tren", "000.00.00.G22", title="", above=True, by=PORTAL, at=now())
    above, ours = Vendor(client, made), code_of(1, top="H26")
    data = {
        "MaHoSo": ours,
        "TrangThai": "6",
        "MaHoSoDonVi": ours,
        "MaDoiTuong": "001195012345",
        "NoiDung": "Yêu cầu nộp phí",
        "NgayXuLy": "20260917100000",
        "TaiLieuXuLy": [{"TenTepDinhKem": "thong-bao.pdf"}],
    }
    assert above.call("DongBoTrangThaiHoSo", type="2", data=data)["error_code"] == "0"
    of_ours = {**legacy_dossier(1), "MaHoSo": ours}
    (refused,) = above.call("DongBoHoSoMC", data=[of_ours])["result"]
    assert refused["error_code"] == "foreign"
    assert not Dossier.objects.exists()
    held = Status.objects.get()
    assert (held.member, held.code, held.status, held.words) == ("H26", ours, 6, "Yêu cầu nộp phí")
    assert "001195012345" not in str(Detail.objects.get().facts)
    assert (
        above.call("DongBoTrangThaiHoSo", type="1", data=data)["error_code"] == "sync.not-that-type"
    )
    foreign = {**data, "MaHoSo": code_of(1), "MaHoSoDonVi": code_of(1)}
    assert above.call("DongBoTrangThaiHoSo", type="2", data=foreign)["error_code"] == "1"
