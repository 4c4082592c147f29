"""
One question and its answer of every kind, as descriptions show them.

The people and firms are made up; the questions can be asked as they stand where the
demonstration's registers answer.
"""

from datetime import date

from motcua.registrar.rules.qcvn109 import as_xml
from motcua.registries.queries.answers import (
    Address,
    Card,
    Contributions,
    Debt,
    Enterprise,
    EnterpriseFound,
    Enterprises,
    EnterprisesFound,
    Fact,
    Family,
    Member,
    Membership,
    Name,
    Obligations,
    Owner,
    Parcel,
    ParcelFound,
    Parcels,
    ParcelsFound,
    Period,
    Person,
    PersonFound,
    PersonsFound,
    Register,
    Registration,
    Relative,
    Representative,
    Residence,
    Source,
    TaxAccount,
)
from motcua.registries.queries.finding import EnterprisesNamed, ParcelsAt, PersonsNamed
from motcua.registries.queries.questions import (
    CardOf,
    ContributionsOf,
    EnterpriseByTaxCode,
    EnterprisesOf,
    FamilyOf,
    MembershipOf,
    ObligationsOf,
    ParcelById,
    ParcelsOf,
    PersonById,
    Question,
    ResidenceOf,
    TaxAccountOf,
)

WOMAN, MAN, CHILD, FIRM = "001195012345", "001092023456", "001219012346", "0199999977"
TODAY = date(2026, 11, 23)
_HOME = Address("00331", "Số 97 phố Phan Bội Châu")
_BIRTH = Registration("346/1995/KS", date(1995, 3, 14), "00331")
_HUSBAND = Relative("spouse", MAN, "Trần Minh Quân", date(1992, 8, 2))
_PERSON = Person(
    id=WOMAN,
    name=Name("Nguyễn", "Thị", "Hương"),
    sex="female",
    birth_date=date(1995, 3, 14),
    birth_place=Address("01", ""),
    birth=_BIRTH,
    native_place=Address("40", ""),
    ethnicity="Kinh",
    religion="Không",
    nationality="VN",
    marriage="married",
    residence=_HOME,
    current=_HOME,
    household="00331-000002",
    spouse=_HUSBAND,
    married=Registration("257/2017/KH", date(2017, 3, 15), "00331"),
    card_number=WOMAN,
    card_issued_on=date(2021, 12, 18),
    card_expires_on=date(2035, 3, 14),
    blood="O",
)
_PARCEL = Parcel(
    unit="00331",
    sheet=12,
    number=45,
    area=850,
    use="ODT",
    address="Số 97 phố Phan Bội Châu",
    owners=(Owner(WOMAN, "Nguyễn Thị Hương", 50), Owner(MAN, "Trần Minh Quân", 50)),
    certificate="CH 123456",
    certified_on=date(2018, 6, 1),
)
_FIRM = Enterprise(
    tax_code=FIRM,
    name="Công ty TNHH Một thành viên Hương Sen",
    short_name="Hương Sen",
    kind="llc1",
    state="active",
    registered_on=date(2020, 5, 4),
    address=_HOME,
    capital=2_000_000_000,
    business=("4711",),
    representatives=(Representative(WOMAN, "Nguyễn Thị Hương", "Giám đốc"),),
)
_DEBT = Debt("Lệ phí môn bài", "2026", date(2026, 1, 30), 2_000_000)
_NUMBER = "0121195012"
_PAID = Period(date(2018, 1, 1), date(2026, 10, 31), _FIRM.name, 9_500_000)

EXAMPLES: dict[type[Question[Fact]], tuple[Question[Fact], Fact]] = {
    PersonById: (PersonById(WOMAN, as_of=TODAY), _PERSON),
    FamilyOf: (
        FamilyOf(WOMAN),
        Family(WOMAN, (_HUSBAND, Relative("child", CHILD, "Trần Minh Khôi", date(2019, 4, 20)))),
    ),
    ResidenceOf: (
        ResidenceOf(WOMAN),
        Residence(
            WOMAN,
            _HOME,
            _HOME,
            _PERSON.household,
            (Member("spouse", MAN, "Trần Minh Quân"), Member("self", WOMAN, "Nguyễn Thị Hương")),
        ),
    ),
    ParcelsOf: (ParcelsOf(WOMAN), Parcels(WOMAN, (_PARCEL,))),
    ParcelById: (ParcelById("00331", 12, 45), _PARCEL),
    EnterpriseByTaxCode: (EnterpriseByTaxCode(FIRM), _FIRM),
    EnterprisesOf: (EnterprisesOf(WOMAN), Enterprises(WOMAN, (_FIRM,))),
    TaxAccountOf: (
        TaxAccountOf(WOMAN),
        TaxAccount(
            *(WOMAN, WOMAN, "Nguyễn Thị Hương", "active", date(2020, 5, 4), "Thuế cơ sở 1"),
            *(2026, 48_500_000, (_DEBT,)),
        ),
    ),
    ObligationsOf: (ObligationsOf(WOMAN), Obligations(WOMAN, settled=False, debts=(_DEBT,))),
    MembershipOf: (
        MembershipOf(WOMAN),
        Membership(WOMAN, _NUMBER, "paying", date(2018, 1, 1), _FIRM.name),
    ),
    CardOf: (
        CardOf(WOMAN),
        Card(
            *(WOMAN, f"DN401{_NUMBER}", date(2026, 1, 1), date(2026, 12, 31)),
            *("Bệnh viện đa khoa Xanh Pôn", 80),
        ),
    ),
    ContributionsOf: (ContributionsOf(WOMAN), Contributions(WOMAN, _NUMBER, 106, (_PAID,))),
    PersonsNamed: (
        PersonsNamed("Nguyễn Thị Hương", date(1995, 3, 14)),
        PersonsFound(
            (PersonFound(WOMAN, "Nguyễn Thị Hương", "female", date(1995, 3, 14)),), more=False
        ),
    ),
    ParcelsAt: (
        ParcelsAt("00331", "phố Phan Bội Châu"),
        ParcelsFound((ParcelFound("00331", 12, 45, _PARCEL.address),), more=False),
    ),
    EnterprisesNamed: (
        EnterprisesNamed("Hương Sen"),
        EnterprisesFound((EnterpriseFound(FIRM, _FIRM.name, "active", "00331"),), more=False),
    ),
}
"""What is asked, and what may come back."""

IN_VIETNAMESE: dict[type[Question[Fact]], str] = {
    PersonById: "Một người theo số định danh cá nhân",
    FamilyOf: "Cha, mẹ, vợ hoặc chồng và con của một người",
    ResidenceOf: "Nơi cư trú của một người và những người cùng hộ",
    ParcelsOf: "Các thửa đất một người có quyền",
    ParcelById: "Một thửa đất theo mã xã, tờ bản đồ và số thửa",
    EnterpriseByTaxCode: "Một doanh nghiệp theo mã số",
    EnterprisesOf: "Các doanh nghiệp một người đại diện",
    TaxAccountOf: "Tài khoản thuế của một người nộp thuế",
    ObligationsOf: "Khoản một người nộp thuế còn phải nộp",
    MembershipOf: "Việc tham gia bảo hiểm xã hội của một người",
    CardOf: "Thẻ bảo hiểm y tế của một người",
    ContributionsOf: "Các tháng một người đã đóng bảo hiểm",
    PersonsNamed: "Tìm người theo đủ họ tên và ngày sinh",
    ParcelsAt: "Tìm thửa đất của một xã theo địa chỉ",
    EnterprisesNamed: "Tìm doanh nghiệp theo tên",
}
"""What each question is, for readers of Vietnamese."""

_WRONG: dict[Register, tuple[str, str, str, str, str]] = {
    Register.POPULATION: (WOMAN, "ethnicity", "Kinh", "Tày", "Giấy khai sinh ghi dân tộc Tày."),
    Register.LAND: ("00331-12-45", "area", "850", "870", "Sổ hồng ghi 87,0 m²."),
    Register.ENTERPRISE: (FIRM, "short_name", "Hương Sen", "Sen Hương", "Tên viết tắt bị đảo chữ."),
    Register.FINANCE: (WOMAN, "name", "Nguyễn Thị Hường", "Nguyễn Thị Hương", "Sai dấu trong tên."),
    Register.INSURANCE: (WOMAN, "employer", "", "Trường tiểu học Kim Liên", "Tôi đã đổi nơi làm."),
}
"""Of each register: a record, its field, what it says, what it should say, why."""

CHANGE = {
    "cursor": 18,
    "kind": "record",
    "person": WOMAN,
    "key": WOMAN,
    "facts": {"since": "2026-11-20"},
    "at": "2026-11-20T08:30:00Z",
}
"""One entry of the feed."""
QUERY_IN_XML = f"<TraCuu><SoDinhDanh>{WOMAN}</SoDinhDanh><Ngay>20261123</Ngay></TraCuu>"
PERSON_IN_XML = as_xml([_PERSON], as_of=TODAY).decode()


def correction_of(register: Register) -> dict[str, str]:
    """Return what a member sends to have a record of its citizen put right."""
    names = ("key", "field", "stated", "wished", "why")
    facts = dict(zip(names, _WRONG[register], strict=True))
    return {"reference": "0192f0c8-7f3a-7cc2-9b1e-3f6f3f6f3f6f", "person": WOMAN, **facts}


def source_of(register: Register, member: str) -> Source:
    """Return whose answer an example is."""
    return Source(member, register, TODAY, date(2021, 12, 18))
