"""The agencies of a federation to try: a hub and two provinces, each with its own portal."""

from dataclasses import replace
from datetime import date

from motcua.agencies.operations.agencies import Kind, Level, NewAgency
from motcua.agencies.operations.demo import DEMO_AGENCIES, DemoAgency, posts_of
from motcua.config.federation_places import HANOI, HUB, HUE

_SINCE = date(2025, 7, 1)
_OFFICE = DemoAgency(
    NewAgency(
        id=HUB,
        name="Văn phòng Chính phủ",
        level=Level.MINISTRY,
        kind=Kind.MINISTRY,
        opened_on=_SINCE,
    ),
    "Cổng Dịch vụ công quốc gia",
    posts_of(
        "van-phong",
        ("Nguyễn Thu Trang", "Đỗ Minh Khôi", "Trần Quang Huy", "Lê Thanh Tâm", "Vũ Hải Yến"),
        "Cục trưởng",
    ),
)
_HUE = (
    DemoAgency(
        NewAgency(
            id=HUE,
            name="Ủy ban nhân dân thành phố Huế",
            level=Level.PROVINCE,
            kind=Kind.COMMITTEE,
            opened_on=_SINCE,
            unit="46",
            address="16 Lê Lợi, phường Thuận Hóa, thành phố Huế",
        ),
        "Trung tâm Phục vụ hành chính công",
        posts_of(
            "hue",
            ("Tôn Nữ Diệu Linh", "Hồ Văn Phúc", "Phan Ngọc Sơn", "Trương Mỹ Hạnh", "Lê Bá Thành"),
            "Phó Chủ tịch Ủy ban nhân dân thành phố",
        ),
    ),
    DemoAgency(
        NewAgency(
            id="000.00.61.H57",
            name="Ủy ban nhân dân phường Thuận Hóa",
            level=Level.COMMUNE,
            kind=Kind.COMMITTEE,
            opened_on=_SINCE,
            unit="19786",
            parent=HUE,
            address="24 Lê Lợi, phường Thuận Hóa, thành phố Huế",
        ),
        "Bộ phận một cửa",
        posts_of(
            "thuan-hoa",
            ("Hoàng Thị Mỹ", "Nguyễn Phước Lộc", "Trần Thị Kim Chi", "Võ Đình Nam"),
            "Phó Chủ tịch Ủy ban nhân dân phường",
        ),
    ),
)
_HANOI = tuple(each for each in DEMO_AGENCIES if each.new.id.endswith(".H26"))


def agencies_at(member: str) -> tuple[DemoAgency, ...]:
    """
    Return the agencies that a member's portal knows.

    The hub knows the provinces' agencies too, so that people can choose them, but has no posts
    there.
    """
    if member == HANOI:
        return _HANOI
    if member == HUE:
        return _HUE
    return (_OFFICE, *(replace(each, posts=()) for each in (*_HANOI, *_HUE)))
