"""
A believable set of agencies to try the portal with.

The places are real and of today; ids below the first level, addresses and people are made up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.models import Post
from motcua.agencies.operations.agencies import Kind, Level, NewAgency, add_office, open_agency
from motcua.agencies.operations.posts import appoint
from motcua.agencies.queries.agencies import NoSuchAgency, agency
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor, Role

__all__ = ["DEMO_AGENCIES", "DemoAgency", "DemoPost", "demo_posts", "posts_of", "seed_demo"]

_SINCE = date(2025, 7, 1)
_CITY = "000.00.00.H26"


@dataclass(frozen=True, slots=True)
class DemoPost:
    """A post to fill; ``key`` names the official's account (``mot-cua.hoan-kiem``)."""

    key: str
    name: str
    role: Role
    title: str


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency to open, with the office it receives people in and those who work there."""

    new: NewAgency
    office: str
    posts: tuple[DemoPost, ...]


def posts_of(place: str, names: tuple[str, ...], chief: str) -> tuple[DemoPost, ...]:
    """Return the posts of a committee or department, as many as there are ``names``."""
    kinds = (
        ("mot-cua", Role.CLERK, "Công chức bộ phận một cửa"),
        ("chuyen-vien", Role.SPECIALIST, "Công chức chuyên môn"),
        ("lanh-dao", Role.LEADER, chief),
        ("quan-tri", Role.ADMINISTRATOR, "Quản trị hệ thống"),
        ("kiem-tra", Role.AUDITOR, "Công chức kiểm soát thủ tục hành chính"),
    )
    return tuple(
        DemoPost(f"{kind}.{place}", name, role, title)
        for (kind, role, title), name in zip(kinds, names, strict=False)
    )


def _city() -> Iterator[DemoAgency]:
    committee = NewAgency(
        id=_CITY,
        name="Ủy ban nhân dân thành phố Hà Nội",
        level=Level.PROVINCE,
        kind=Kind.COMMITTEE,
        opened_on=_SINCE,
        unit="01",
        address="79 Đinh Tiên Hoàng, phường Hoàn Kiếm, thành phố Hà Nội",
    )
    people = ("Trịnh Thu Hằng", "Đỗ Quang Minh", "Lê Hoài Nam", "Vũ Thị Mai", "Bùi Đức Thắng")
    chief = "Phó Chủ tịch Ủy ban nhân dân thành phố"
    yield DemoAgency(
        committee, "Trung tâm Phục vụ hành chính công", posts_of("ha-noi", people, chief)
    )
    for number, key, name, staff in (
        ("05", "tu-phap", "Sở Tư pháp", ("Phan Thị Yến", "Hoàng Văn Sơn", "Ngô Bích Liên")),
        ("09", "tai-chinh", "Sở Tài chính", ("Lý Thanh Tùng", "Đặng Thị Hoa", "Mai Xuân Phúc")),
    ):
        department = NewAgency(
            id=f"000.00.{number}.H26",
            name=f"{name} thành phố Hà Nội",
            level=Level.PROVINCE,
            kind=Kind.DEPARTMENT,
            opened_on=_SINCE,
            unit="01",
            parent=_CITY,
        )
        yield DemoAgency(department, "Bộ phận một cửa", posts_of(key, staff, "Phó Giám đốc Sở"))


_COMMUNES = (
    ("61", "00070", "hoan-kiem", "phường Hoàn Kiếm", "126 Hàng Trống"),
    ("62", "00004", "ba-dinh", "phường Ba Đình", "25 Liễu Giai"),
    ("63", "00167", "cau-giay", "phường Cầu Giấy", "36 Cầu Giấy"),
    ("64", "00235", "dong-da", "phường Đống Đa", "59 Hoàng Cầu"),
    ("65", "00256", "hai-ba-trung", "phường Hai Bà Trưng", "30 Lê Đại Hành"),
    ("66", "00367", "thanh-xuan", "phường Thanh Xuân", "9 Khuất Duy Tiến"),
    ("67", "00376", "soc-son", "xã Sóc Sơn", ""),
    ("68", "00565", "gia-lam", "xã Gia Lâm", ""),
)
_PEOPLE = (
    ("Nguyễn Thị Lan", "Trần Văn Bình", "Phạm Thị Thu", "Lê Văn Hùng", "Đinh Thị Nga"),
    ("Nguyễn Văn An", "Trần Thị Hạnh", "Phạm Quốc Việt", "Lê Thị Phương"),
    ("Hoàng Thị Kim", "Vũ Anh Tuấn", "Đặng Minh Châu", "Bùi Văn Long"),
    ("Đỗ Thị Thảo", "Ngô Văn Đức", "Dương Thị Hiền", "Lý Văn Khải"),
    ("Phan Văn Toàn", "Hồ Thị Ngọc", "Tạ Đình Khoa", "Mai Thị Loan"),
    ("Cao Thị Dung", "Lương Văn Hải", "Trương Thị Vân", "Đoàn Văn Lâm"),
    ("Nguyễn Văn Quý", "Trần Thị Nhung", "Lưu Văn Thành", "Phùng Thị Hà"),
    ("Chu Thị Oanh", "Đào Văn Mạnh", "Kiều Thị Xuân", "Hà Văn Tiến"),
)


def _communes() -> Iterator[DemoAgency]:
    for (number, unit, key, place, street), people in zip(_COMMUNES, _PEOPLE, strict=True):
        committee = NewAgency(
            id=f"000.00.{number}.H26",
            name=f"Ủy ban nhân dân {place}",
            level=Level.COMMUNE,
            kind=Kind.COMMITTEE,
            opened_on=_SINCE,
            unit=unit,
            parent=_CITY,
            address=", ".join(part for part in (street, place, "thành phố Hà Nội") if part),
        )
        chief = f"Phó Chủ tịch Ủy ban nhân dân {place.split()[0]}"
        yield DemoAgency(committee, "Bộ phận một cửa", posts_of(key, people, chief))


def _ministries() -> Iterator[DemoAgency]:
    for id_, key, name, parent, office, chief, staff in (
        (
            *("G01", "bo-cong-an", "Bộ Công an", None, "Bộ phận một cửa", "Cục trưởng"),
            ("Nguyễn Mạnh Cường", "Trần Đức Huy", "Lê Quang Vinh", "Nguyễn Thu Giang"),
        ),
        (
            *("000.00.26.G01", "cong-an", "Công an thành phố Hà Nội", "G01"),
            *("Phòng Cảnh sát giao thông", "Phó Trưởng phòng"),
            ("Hoàng Thị Ngân", "Phạm Tuấn Kiệt", "Vũ Quốc Trung"),
        ),
        (
            *("G10", "nong-nghiep", "Bộ Nông nghiệp và Môi trường", None),
            *("Bộ phận một cửa", "Cục trưởng"),
            ("Đinh Thu Trà", "Lưu Hải Đăng", "Tạ Minh Tâm", "Vũ Ngọc Diệp"),
        ),
        (
            *("G12", "bo-tai-chinh", "Bộ Tài chính", None),
            *("Bộ phận một cửa", "Cục trưởng"),
            ("Lê Thu Hường", "Phạm Gia Bảo", "Hoàng Đức Trí", "Trần Khánh Vy"),
        ),
        (
            *("G17", "xay-dung", "Bộ Xây dựng", None),
            *("Bộ phận một cửa", "Cục trưởng"),
            ("Ngô Thu Hà", "Đặng Quốc Anh", "Phan Văn Thành"),
        ),
    ):
        agency = NewAgency(
            id=id_,
            name=name,
            level=Level.MINISTRY,
            kind=Kind.DEPARTMENT if parent else Kind.MINISTRY,
            opened_on=_SINCE,
            parent=parent,
        )
        yield DemoAgency(agency, office, posts_of(key, staff, chief))


DEMO_AGENCIES: tuple[DemoAgency, ...] = (*_city(), *_communes(), *_ministries())
"""
Hà Nội's committee, two departments and eight communes; four ministries and the city's police.

Each stands after the agency above it.
"""


def demo_posts(
    agencies: Sequence[DemoAgency] = DEMO_AGENCIES,
) -> tuple[tuple[str, DemoPost], ...]:
    """Return every post to fill, each after the id of its agency."""
    return tuple((demo.new.id, post) for demo in agencies for post in demo.posts)


@one_transaction
def seed_demo(
    holders: Mapping[str, str],
    *,
    agencies: Sequence[DemoAgency] = DEMO_AGENCIES,
    by: Actor,
    at: datetime,
) -> None:
    """
    Open the demo agencies and give their posts to accounts; again, it does only what is missing.

    ``holders`` maps a post's ``key`` to the id of the account that holds it; posts without one
    stay free. The units must have been loaded.

    :raises NotYourAgency: if ``by`` is not the portal itself
    :raises NoSuchUnit: if the units are not loaded
    """
    posts = Post.objects.held_at(at).filter(holder__in=holders.values())
    held = set(posts.values_list("holder", "agency_id", "role"))
    for demo in agencies:
        if not _is_open(demo.new.id):
            open_agency(demo.new, by=by, at=at)
            add_office(demo.new.id, demo.office, address=demo.new.address, by=by, at=at)
        for post in demo.posts:
            holder = holders.get(post.key)
            if holder and (holder, demo.new.id, post.role.value) not in held:
                appoint(holder, post.name, demo.new.id, post.role, post.title, by=by, at=at)


def _is_open(id_: str) -> bool:
    try:
        agency(id_)
    except NoSuchAgency:
        return False
    return True
