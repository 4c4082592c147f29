"""Our own dossiers in the old interface's words."""

from typing import Any

from motcua.sync.rules.legacy.texts import moment_text
from motcua.sync.rules.outward import Said, StepTime, cut
from motcua.sync.rules.rows import Status

__all__ = ["dossier_text", "status_text", "step_text"]


NO_TIME = StepTime()


def dossier_text(said: Said, *, agency_name: str) -> dict[str, Any]:
    """Return a dossier as ``DongBoHoSoMC`` takes it."""
    dossier = said.dossier
    number = dossier.person
    kind = "1" if len(number) == 12 else "2"
    return {
        "MaHoSo": dossier.code,
        "MaTTHC": dossier.procedure,
        "TenTTHC": dossier.title,
        "KenhThucHien": str(dossier.channel),
        "ChuHoSo": dossier.applicant,
        "LoaiDoiTuong": str(dossier.kind),
        "MaDoiTuong": number,
        "DinhDanhCHS": [{"LoaiDinhDanh": kind, "SoDinhDanh": number}] if number else [],
        "TrichYeuHoSo": dossier.title,
        "NgayNopHoSo": moment_text(dossier.filed_at),
        "NgayTiepNhan": moment_text(dossier.received_at),
        "NgayHenTra": moment_text(dossier.due_at),
        "TrangThaiHoSo": str(said.status),
        "NgayKetThucXuLy": moment_text(dossier.done_at),
        "NgayTra": moment_text(dossier.returned_at),
        "NgayTuChoi": moment_text(dossier.as_of) if said.status == 3 else "",
        "HinhThuc": "0" if said.return_by == 0 else "1",
        "DonViXuLy": cut(agency_name, 200),
    }


def step_text(step: Status, time: StepTime = NO_TIME) -> dict[str, Any]:
    """
    Return a step as ``CapNhatTienDoHoSoMC`` takes it: who, without the agency, and where.

    ``NgayBatDau`` is since when the stage went on that it was taken in, and
    ``NgayKetThucTheoQuyDinh`` when that was to be over by its own limit; empty where it has none.
    """
    name, _, agency = step.who.partition(", ")
    return {
        "MaHoSo": step.code,
        "NguoiXuLy": cut(name, 50),
        "ChucDanh": "",
        "ThoiDiemXuLy": moment_text(step.at),
        "PhongBanXuLy": agency,
        "NoiDungXuLy": step.words,
        "TrangThai": str(step.status),
        "NgayBatDau": moment_text(time.began),
        "NgayKetThucTheoQuyDinh": moment_text(time.due),
    }


def status_text(step: Status, *, person: str, there: str = "") -> dict[str, Any]:
    """
    Return a step as ``DongBoTrangThaiHoSo`` tells it downwards.

    :param there: the code of the portal that the dossier came from, if it has come from one: that
        is ``MaHoSo`` then, and ours ``MaHoSoDonVi``
    """
    return {
        "MaHoSo": there or step.code,
        "TrangThai": str(step.status),
        "MaHoSoDonVi": step.code,
        "MaDoiTuong": person,
        "NoiDung": step.words,
        "NgayXuLy": moment_text(step.at),
        "TaiLieuXuLy": [],
    }
