"""The record of one procedure as the national portal's pages give it: seventeen strings."""

import re
from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.channels import channels_in
from motcua.catalogue.rules.readings import Channel, Level, Online, Reading, Trouble, Way
from motcua.catalogue.rules.tables import known, laws_in, papers_in, results_in, steps_in

CODE = re.compile(r"\d\.\d{6}(?P<owner>(?:\.\d{2,3})*\.[A-Z]\d{2})?")
"""``1.001193``; a province's own copy appends its agency id: ``1.004616.000.00.00.H56``."""

LEVELS = {
    "cấp bộ": Level.MINISTRY,
    "cấp tỉnh": Level.PROVINCE,
    "cấp huyện": Level.DISTRICT,
    "cấp xã": Level.COMMUNE,
    "cơ quan khác": Level.OTHER,
}
LONG_LIMITS = {"title": 2000, "field": 300}
_TOGETHER = "Cán bộ, công chức, viên chức"
_EXCEPT = "Tổ chức (không bao gồm doanh nghiệp, HTX)"


class Unreadable(ValueError):
    """The record is not a procedure we can keep; the message says why, for the report."""


def is_portal_record(record: Mapping[str, Any]) -> bool:
    """Tell whether ``record`` has the field names of the portal's pages."""
    return "ma_thu_tuc" in record or "ten_thu_tuc" in record


def read_portal_record(record: Mapping[str, Any]) -> tuple[Reading, tuple[Trouble, ...]]:
    """
    Return what a portal record says and what of it could not be read.

    :raises Unreadable: without a code or a title that make sense, or with fields that are not text
    """
    texts = _texts(record)
    code, title = known(texts["ma_thu_tuc"]), known(texts["ten_thu_tuc"]).replace("\n", " ")
    check_code_and_title(code, title)
    channels, troubles = channels_in(texts["cach_thuc_thuc_hien"])
    levels, unknown = levels_in(texts["cap_thuc_hien"])
    agency = known(texts["co_quan_thuc_hien"]) or known(texts["co_quan_co_tham_quyen"])
    reading = Reading(
        code=code,
        title=plain_title(title),
        field=known(texts["linh_vuc"])[: LONG_LIMITS["field"]],
        levels=levels,
        kind=known(texts["loai_thu_tuc"]),
        decision=known(texts["so_quyet_dinh"]),
        applicants=applicants_in(texts["doi_tuong_thuc_hien"]),
        agency=agency.replace("\n", " "),
        address=known(texts["dia_chi_tiep_nhan"]),
        online=online_of(title, channels),
        channels=channels,
        cases=papers_in(texts["thanh_phan_ho_so"]),
        steps=steps_in(texts["trinh_tu_thuc_hien"]),
        conditions=known(texts["yeu_cau_dieu_kien"]),
        results=results_in(texts["ket_qua_xu_ly"]),
        laws=laws_in(texts["can_cu_phap_ly"]),
        url=web_address(texts["detail_url"]),
    )
    return reading, (*troubles, *unknown, *missing_in(reading))


class _texts(dict[str, str]):  # noqa: N801
    """The record's texts; a field that is absent or null is empty, one of another type refused."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        for name, value in record.items():
            if value is not None and not isinstance(value, str):
                raise Unreadable(f"{name} is not a text")
            self[name] = value or ""

    def __missing__(self, name: str) -> str:
        return ""


def check_code_and_title(code: str, title: str) -> None:
    """
    Refuse a record that nobody could find or name again.

    :raises Unreadable: if the code has not the published shape, or the title is absurd
    """
    if not CODE.fullmatch(code):
        raise Unreadable(f"the code {code[:40]!r} is not of the form 1.001193 or 1.001193.H19")
    if not 0 < len(title) <= LONG_LIMITS["title"]:
        raise Unreadable("the title is missing or longer than 2,000 characters")


def plain_title(title: str) -> str:
    """Drop the leading "Thủ tục", which says nothing, and begin with a capital."""
    rest = re.sub(r"^thủ tục\s*:?\s+(?=\w)", "", title, flags=re.IGNORECASE)
    return rest[:1].upper() + rest[1:]


def levels_in(text: str) -> tuple[tuple[Level, ...], tuple[Trouble, ...]]:
    """Return the levels named in ``Cấp tỉnh, Cấp xã``, and those that are not known."""
    names = [n.strip() for n in known(text).split(",") if n.strip()]
    levels = dict.fromkeys(LEVELS[n.lower()] for n in names if n.lower() in LEVELS)
    strange = tuple(
        Trouble("levels", "not a level we know", n) for n in names if n.lower() not in LEVELS
    )
    return tuple(levels), strange


def applicants_in(text: str) -> tuple[str, ...]:
    """Return the kinds of applicants; two of their names have commas inside."""
    told = known(text).replace(_TOGETHER, "\x00").replace(_EXCEPT, "\x01")
    names = (n.strip().replace("\x00", _TOGETHER).replace("\x01", _EXCEPT) for n in told.split(","))
    return tuple(dict.fromkeys(n for n in names if n))


def online_of(title: str, channels: tuple[Channel, ...]) -> Online:
    """Return how far it can be done online: the title sometimes says, the channels only whether."""
    if all(row.way is not Way.ONLINE for row in channels):
        return Online.NONE
    told = title.lower()
    if "trực tuyến toàn trình" in told or "công toàn trình" in told:
        return Online.FULL
    return Online.PARTIAL if "một phần" in told else Online.SOME


def web_address(text: str) -> str:
    """Return an https address, or nothing: the page links to it."""
    found = known(text)
    return found if re.fullmatch(r"https://[^\s<>\"]{4,400}", found) else ""


def missing_in(reading: Reading) -> tuple[Trouble, ...]:
    """Return which of the eight answers the record leaves open."""
    open_fields = ("field", "levels", "channels", "cases", "steps", "results", "laws", "agency")
    return tuple(
        Trouble(name, "not given, or nothing of it could be read")
        for name in open_fields
        if not getattr(reading, name)
    )
