"""
The shapes of the old interface: every field a text, by the names that its vendors use.

What a message has besides is kept apart and not refused: vendors add fields of their own.
"""

from typing import Any

import msgspec

__all__ = [
    "CONTACT",
    "Dossier",
    "Envelope",
    "Identity",
    "InSession",
    "Sign",
    "Step",
    "Told",
    "unknown_in",
]

CONTACT = frozenset({"Email", "Fax", "SoDienThoai"})
"""How to reach the applicant: no part of what is synchronised, so it is not kept."""


class Sign(msgspec.Struct):
    """Asking for a session."""

    username: str = ""
    password: str = ""


class InSession(msgspec.Struct):
    """Of a call no more than in whose session it is, as vendors write it."""

    session: str | float | bool | None = ""


class Envelope(msgspec.Struct):
    """A call: which verb, in whose session, what about."""

    session: str = ""
    madonvi: str = ""
    service: str = ""
    isUpdating: str = ""  # noqa: N815 (their name)
    type: str = ""
    maTTHC: str = ""  # noqa: N815 (their name)
    MaHoSo: str = ""
    data: Any = None


class Identity(msgspec.Struct):
    """A number of an applicant: ``LoaiDinhDanh`` 1 of 12 digits, 2 of 9."""

    LoaiDinhDanh: str = ""
    SoDinhDanh: str = ""


class Dossier(msgspec.Struct):
    """A dossier of ``DongBoHoSoMC``: what has a place in the native shape."""

    MaHoSo: str = ""
    MaTTHC: str = ""
    TenTTHC: str = ""
    KenhThucHien: str = ""
    ChuHoSo: str = ""
    LoaiDoiTuong: str = ""
    MaDoiTuong: str = ""
    DinhDanhCHS: list[Identity] = []
    TrichYeuHoSo: str = ""
    NgayNopHoSo: str = ""
    NgayTiepNhan: str = ""
    NgayHenTra: str = ""
    NgayKetThucXuLy: str = ""
    NgayTra: str = ""
    NgayTuChoi: str = ""
    TrangThaiHoSo: str = ""
    DonViXuLy: str = ""


class Step(msgspec.Struct):
    """A step of ``CapNhatTienDoHoSoMC``."""

    MaHoSo: str = ""
    NguoiXuLy: str = ""
    ChucDanh: str = ""
    ThoiDiemXuLy: str = ""
    PhongBanXuLy: str = ""
    NoiDungXuLy: str = ""
    TrangThai: str = ""


class Told(msgspec.Struct):
    """
    A status of ``DongBoTrangThaiHoSo``, told downwards by a portal.

    ``MaHoSoDonVi`` is the code that the unit below gave the dossier, where that is another one.
    """

    MaHoSo: str = ""
    MaHoSoDonVi: str = ""
    TrangThai: str = ""
    NoiDung: str = ""
    NgayXuLy: str = ""


def unknown_in(facts: dict[str, Any], shape: type[msgspec.Struct]) -> dict[str, Any]:
    """Return what a message has that the shape has no place for and is not empty."""
    known = CONTACT.union(shape.__struct_fields__)
    return {name: value for name, value in facts.items() if name not in known and value}
