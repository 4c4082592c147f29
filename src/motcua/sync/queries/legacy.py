"""What the old interface answers: procedures, agencies, fields, and dossiers that were told."""

from datetime import date
from typing import Any

from motcua.agencies.queries.agencies import agencies_of_level
from motcua.backbone.statements import Statement
from motcua.catalogue.queries.procedures import Procedure, Way, fields, procedure, procedures
from motcua.catalogue.queries.site_map import part
from motcua.kernel.scope import for_rooms, public
from motcua.kernel.worktime import Unit
from motcua.sync.models import System
from motcua.sync.rules.codes import place_of, top_of_member
from motcua.sync.rules.legacy.texts import moment_text

__all__ = [
    "agencies_listed",
    "dossier_told",
    "fields_listed",
    "procedure_told",
    "procedures_listed",
]

MOST = 20_000
CHANNELS = {Way.COUNTER: "1", Way.ONLINE: "2", Way.POST: "3"}
UNITS = {
    Unit.WORKING_DAYS: "Ngày làm việc",
    Unit.DAYS: "Ngày",
    Unit.WORKING_HOURS: "Giờ làm việc",
    Unit.CLOCK_HOURS: "Giờ",
    Unit.MONTHS: "Tháng",
    Unit.SAME_DAY: "Trong ngày",
}
"""How the national portal's catalogue names channels (as dossiers number them) and units."""

LEVELS = ("central", "province", "commune")
_DOSSIER = Statement(
    "SELECT code, procedure, title, agency, kind, applicant, channel, filed_at, received_at, "
    "due_at, done_at, returned_at FROM sync_dossier WHERE year = %s AND member = %s AND code = %s"
)
_STATUSES = Statement(
    "SELECT status, at, words, who, at > told_at + interval '1 day' FROM sync_status "
    "WHERE year = %s AND member = %s AND code = %s ORDER BY at, status LIMIT 200"
)


@public
def procedures_listed(*, on: date) -> list[dict[str, str]]:
    """Return every procedure of the catalogue, for ``LayDanhSachTTHC`` (two statements)."""
    codes = [each.code for each in part("", size=MOST, on=on)]
    return [
        {"MATTHC": hit.code, "TENTTHC": hit.title, "TENLINHVUC": hit.field}
        for hit in procedures(codes)
    ]


@public
def procedure_told(code: str) -> dict[str, Any]:
    """
    Return a procedure for ``LayThuTuc``, in that answer's shape.

    :raises NoSuchProcedure: if there is none
    """
    return _procedure(procedure(code))


@public
def fields_listed() -> list[dict[str, str]]:
    """Return the fields of procedures, for ``LayDanhMucLinhVuc``."""
    return [{"MALINHVUC": each.name, "TENLINHVUC": each.name} for each in fields()]


@public
def agencies_listed() -> list[dict[str, str]]:
    """Return the agencies that take requests, for ``LayDanhMucCoQuan``."""
    found = [each for level in LEVELS for each in agencies_of_level(level)]
    return [
        {"MADONVI": each.id, "TENDONVI": each.name, "MACAPTREN": each.parent or ""}
        for each in found
    ]


@for_rooms
def dossier_told(system: System, code: str) -> dict[str, Any] | None:
    """Return a dossier that a system's own member told of, for ``TraCuuHoSo``; two statements."""
    place = place_of(code)
    if place is None or place.member != top_of_member(system.member):
        return None
    row = _DOSSIER.first(place.year, place.member, code)
    told = _STATUSES.all(place.year, place.member, code)
    if row is None and not told:
        return None
    steps = [
        {
            "TrangThai": str(status),
            "ThoiDiemXuLy": moment_text(at),
            "NoiDungXuLy": words,
            "NguoiXuLy": who,
        }
        for status, at, words, who, _ahead in told
    ]
    stands = [str(status) for status, _at, _words, _who, ahead in told if not ahead]
    facts = {} if row is None else _record(row)
    last = stands[-1] if stands else ""
    return {"MaHoSo": code, **facts, "TrangThaiHoSo": last, "DanhSachTienDo": steps}


def _record(row: tuple[Any, ...]) -> dict[str, str]:
    names = (
        *("MaTTHC", "TrichYeuHoSo", "MaDonVi", "LoaiDoiTuong", "ChuHoSo", "KenhThucHien"),
        *("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra"),
    )
    texts = [*map(str, row[1:7]), *map(moment_text, row[7:])]
    return dict(zip(names, texts, strict=True))


def _procedure(found: Procedure) -> dict[str, Any]:
    reading = found.reading
    return {
        "MATTHC": reading.code,
        "TENTTHC": reading.title,
        "TENLINHVUC": reading.field,
        "COQUANTHUCHIEN": reading.agency,
        "DOITUONGTHUCHIEN": list(reading.applicants),
        "TRINHTUTHUCHIEN": list(reading.steps),
        "YEUCAU": reading.conditions,
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": CHANNELS[each.way],
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "" if each.amount is None else f"{each.amount:f}",
                        "DONVITINH": "" if each.unit is None else UNITS[each.unit],
                        "MOTA": each.limit_text,
                        "PHILEPHI": [
                            {"SOTIEN": str(fee), "DONVI": "VND", "MOTA": each.fee_text}
                            for fee in each.fees
                        ],
                    }
                ],
            }
            for each in reading.channels
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": case.name,
                "GIAYTO": [{"TENGIAYTO": p.name, "TENMAUDON": p.form} for p in case.papers],
            }
            for case in reading.cases
        ],
        "KETQUATHUCHIEN": [{"TENKETQUA": each.name} for each in reading.results],
        "CANCUPHAPLY": [{"TENVANBAN": each.name, "SOVANBAN": each.number} for each in reading.laws],
        "TRANGTHAI": "1",
    }
