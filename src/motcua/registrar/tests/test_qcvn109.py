"""Persons in XML: in the shape of the regulation's own example, and as others send them."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.registrar.rules.examples import _PERSON as HUONG
from motcua.registrar.rules.peoples import PEOPLES, RELIGIONS, people_code, religion_code
from motcua.registrar.rules.qcvn109 import (
    BLOODS,
    MARRIAGES,
    NAMESPACE,
    SEXES,
    as_xml,
    name_parts,
)
from motcua.registrar.rules.qcvn109_reading import NotAQuery, people_in
from motcua.registries.queries.answers import Name, Registration, Relative

DAY = date(2026, 11, 23)
FATHER = Relative("father", "001065000111", "Nguyễn Văn Bách", None)

SHAPE = """
CongdanCollection
  CongDan
    SoDinhDanh SoCMND
    HoVaTen: Ho ChuDem Ten
    GioiTinh
    DanToc: MaDanToc
    TonGiao: MaTonGiao TenGoi
    TinhTrangHonNhan NhomMau
    NgayThangNamSinh: NgayThangNam
    NoiDangKyKhaiSinh: MaDonViHanhChinh QuocGia
    QuocTich
    QueQuan: MaDonViHanhChinh QuocGia
    ThuongTru: MaDonViHanhChinh ChiTiet QuocGia
    NoiOHienTai: MaDonViHanhChinh ChiTiet QuocGia
    Cha: SoDinhDanh QuocTich HoVaTen Ho ChuDem Ten
    VoChong: SoDinhDanh QuocTich HoVaTen Ho ChuDem Ten
    NgayChet
"""
"""The elements of the regulation's example (appendix Đ), in their order."""

FROM_A_VENDOR = f"""<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
<soapenv:Body><ns1:CongdanCollection xmlns:ns1="{NAMESPACE}"><ns1:CongDan>
<ns1:SoDinhDanh>001092000222</ns1:SoDinhDanh>
<ns1:HoVaTen><ns1:Ho/><ns1:ChuDem/><ns1:Ten>LÊ VĂN TÀI</ns1:Ten></ns1:HoVaTen>
<ns1:GioiTinh>1</ns1:GioiTinh><ns1:DanToc>01</ns1:DanToc><ns1:TonGiao>00</ns1:TonGiao>
<ns1:TinhTrangHonNhan>3</ns1:TinhTrangHonNhan><ns1:NhomMau>00</ns1:NhomMau>
<ns1:NgayThangNamSinh><ns1:Nam>1992</ns1:Nam><ns1:NgayThangNam>19921122</ns1:NgayThangNam>
</ns1:NgayThangNamSinh><ns1:QuocTich/>
<ns1:ThuongTru><ns1:MaTinhThanh>26</ns1:MaTinhThanh><ns1:MaPhuongXa>09106</ns1:MaPhuongXa>
<ns1:ChiTiet>Xã Lũng Hòa</ns1:ChiTiet><ns1:QuocGia>VN</ns1:QuocGia></ns1:ThuongTru>
<ns1:Cha><ns1:HoVaTen>LVT</ns1:HoVaTen><ns1:QuocTich>VN</ns1:QuocTich></ns1:Cha><ns1:Me/>
</ns1:CongDan></ns1:CongdanCollection></soapenv:Body></soapenv:Envelope>"""

WITHOUT_THE_COLLECTION = f"""<CongDan xmlns="{NAMESPACE}"><SoDinhDanh>001195012345</SoDinhDanh>
<HoVaTen>Nguyễn Thị Hương</HoVaTen><GioiTinh>2</GioiTinh><DanToc>Tày</DanToc><NhomMau>4</NhomMau>
<NgayThangNamSinh>19950314</NgayThangNamSinh></CongDan>"""


def names_in(body):
    return [element.tag.rpartition("}")[2] for element in ET.fromstring(body).iter()]


def test_it_has_the_elements_of_the_example_in_their_order():
    person = replace(
        HUONG,
        old_id="012345678",
        religion="Đạo Dừa",
        father=FATHER,
        died=Registration("1/2026/KT", DAY, "00331"),
    )
    body = as_xml([person], as_of=DAY)
    assert names_in(body) == SHAPE.replace(":", "").split()
    top = ET.fromstring(body)
    assert top.attrib == {"ThoiDiemDuLieu": "2026-11-23T00:00:00", "SoCongDan": "1"}
    assert body.count(b"xmlns") == 1


def test_codes_days_and_names_are_written_as_in_the_example():
    body = as_xml([replace(HUONG, blood="", father=FATHER)], as_of=DAY).decode()
    for written in (
        "<dc:DanToc><dc:MaDanToc>01</dc:MaDanToc></dc:DanToc>",
        "<dc:TonGiao><dc:MaTonGiao>00</dc:MaTonGiao></dc:TonGiao>",
        "<dc:NhomMau>00</dc:NhomMau>",
        "<dc:NgayThangNamSinh><dc:NgayThangNam>1995-03-14</dc:NgayThangNam></dc:NgayThangNamSinh>",
        "<dc:QuocTich>VN</dc:QuocTich><dc:HoVaTen><dc:Ho>Nguyễn</dc:Ho>",
        "<dc:ChuDem>Văn</dc:ChuDem><dc:Ten>Bách</dc:Ten></dc:HoVaTen></dc:Cha>",
    ):
        assert written in body


@given(
    st.sampled_from(sorted(PEOPLES.values())),
    st.sampled_from(sorted(RELIGIONS.values())),
    st.sampled_from(sorted(SEXES)),
    st.sampled_from(sorted(MARRIAGES)),
    st.sampled_from(sorted(BLOODS)),
    st.dates(date(1900, 1, 1), DAY),
)
def test_what_is_written_is_read_again(people, religion, sex, marriage, blood, born):
    person = replace(
        HUONG,
        ethnicity=people,
        religion=religion,
        sex=sex,
        marriage=marriage,
        blood=blood,
        birth_date=born,
        father=FATHER,
    )
    first, second = people_in(as_xml([person, HUONG], as_of=DAY))
    assert (first.ethnicity, first.religion, first.sex) == (people, religion, sex)
    assert (first.blood, first.birth_date, first.birth_year) == (blood, born, born.year)
    assert marriage in first.marriage
    assert (first.name, first.residence) == (person.name, person.residence)
    assert (first.father.id, str(first.father.name)) == (FATHER.id, FATHER.name)
    assert first.mother is None
    assert second.name == HUONG.name


def test_what_is_none_of_a_list_keeps_its_name():
    (told,) = people_in(as_xml([replace(HUONG, religion="Đạo Dừa", ethnicity="")], as_of=DAY))
    assert (told.religion, told.ethnicity) == ("Đạo Dừa", "")


def test_what_vendors_send_is_read_too():
    (told,) = people_in(FROM_A_VENDOR.encode())
    assert (told.id, str(told.name), told.sex) == ("001092000222", "LÊ VĂN TÀI", "male")
    assert (told.ethnicity, told.religion, told.blood) == ("Kinh", "Không", "")
    assert (told.marriage, told.birth_date) == ("divorced or widowed", date(1992, 11, 22))
    assert (told.residence.unit, told.residence.detail) == ("09106", "Xã Lũng Hòa")
    assert (str(told.father.name), told.mother, told.nationality) == ("LVT", None, "")
    (told,) = people_in(WITHOUT_THE_COLLECTION.encode())
    assert (told.name, told.sex) == (Name("Nguyễn", "Thị", "Hương"), "female")
    assert (told.ethnicity, told.blood) == ("Tày", "O")
    assert (told.birth_date, told.birth_year) == (date(1995, 3, 14), 1995)


def test_a_year_without_a_day_is_a_year():
    only = WITHOUT_THE_COLLECTION.replace("19950314", "1995")
    (told,) = people_in(only.encode())
    assert (told.birth_date, told.birth_year) == (None, 1995)
    (told,) = people_in(only.replace("1995<", "<").encode())
    assert (told.birth_date, told.birth_year) == (None, None)
    assert people_in(b"<a/>") == ()


@pytest.mark.parametrize(
    "body",
    [
        WITHOUT_THE_COLLECTION.replace("19950314", "19951332"),
        WITHOUT_THE_COLLECTION.replace("19950314", "hom qua"),
        "<!DOCTYPE a [<!ENTITY x 'y'>]><CongDan>&x;</CongDan>",
        "<CongDan>",
        "",
    ],
)
def test_what_cannot_be_is_refused(body):
    with pytest.raises(NotAQuery):
        people_in(body.encode())


def test_a_name_has_its_family_first():
    assert name_parts("Trần Thị Bích Ngọc") == Name("Trần", "Thị Bích", "Ngọc")
    assert name_parts("Y'Bher") == Name("", "", "Y'Bher")
    assert name_parts("") == Name("", "", "")


def test_no_two_of_a_list_are_taken_for_each_other():
    assert {people_code(name) for name in PEOPLES.values()} == set(PEOPLES)
    assert {religion_code(name) for name in RELIGIONS.values()} == set(RELIGIONS)
    assert (people_code(""), people_code("KINH"), religion_code("")) == ("00", "01", "00")
