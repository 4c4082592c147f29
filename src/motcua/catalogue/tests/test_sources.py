import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules import sources
from motcua.catalogue.rules.readings import Cost, Level, Online, Way, as_json, from_json
from motcua.catalogue.rules.sources import Found, Lost, records_in
from motcua.catalogue.tests.records import portal_record, stream
from motcua.kernel.worktime import Unit


def read(raw):
    return list(records_in(io.BytesIO(raw)))


def whys(raw):
    return [r.why for r in read(raw) if isinstance(r, Lost)]


RECORD = portal_record()
LINE = json.dumps(RECORD).encode()


@pytest.mark.parametrize(
    "raw",
    [
        LINE,
        LINE + b"\n",
        b"\xef\xbb\xbf" + LINE,
        json.dumps([RECORD], indent=2).encode(),
        json.dumps(RECORD, indent=1).encode(),
        json.dumps({"result": [RECORD], "error_code": "0"}).encode(),
        gzip.compress(LINE + b"\n\n"),
    ],
)
def test_every_shape_of_file_gives_the_same_record(raw):
    (found,) = read(raw)
    assert isinstance(found, Found)
    assert json.loads(found.original) == RECORD
    reading = found.reading
    assert (reading.code, reading.title) == ("1.001193", "Đăng ký khai sinh")
    assert reading.levels == (Level.COMMUNE,)
    assert reading.applicants == ("Công dân Việt Nam", "Cán bộ, công chức, viên chức")
    assert reading.online is Online.SOME
    assert from_json(json.loads(json.dumps(as_json(reading)))) == reading


def test_one_bad_line_costs_one_record():
    raw = b"\n".join([b"{nonsense", LINE, b"\xff\xfe", b'"text"', b"[1]", b'{"a": 1}', b"NaN"])
    assert whys(raw) == [
        "not JSON: Expecting property name enclosed in double quotes at character 1",
        "not UTF-8 at byte 0",
        "not a record: a JSON object is expected",
        "not a record: a JSON object is expected",
        "no field names we know: neither ma_thu_tuc nor MATTHC",
        "not JSON: NaN is not a value",
    ]
    assert sum(isinstance(r, Found) for r in read(raw)) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"ma_thu_tuc": "../1"}, "is not of the form"),
        ({"ma_thu_tuc": ""}, "is not of the form"),
        ({"ten_thu_tuc": ""}, "title is missing"),
        ({"ten_thu_tuc": "x" * 2001}, "longer than"),
        ({"linh_vuc": 7}, "linh_vuc is not a text"),
        ({"cap_thuc_hien": ["Cấp xã"]}, "cap_thuc_hien is not a text"),
    ],
)
def test_a_record_without_code_title_or_texts_is_refused(fields, why):
    (lost,) = records_in(stream({**RECORD, **fields}))
    assert why in lost.why


def test_a_line_too_long_is_left_out_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(sources, "LONGEST_LINE", 4000)
    long = b'{"ma_thu_tuc": "' + b"x" * 9000 + b'"}'
    assert whys(LINE + b"\n" + long + b"\n" + LINE + b"\n") == ["longer than 16 MB"]
    assert whys(long + b"\n" + LINE) == ["longer than 16 MB"]
    assert len(read(LINE + b"\n" + LINE + b"\n" + long)) == 3


def test_a_whole_value_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(sources, "LARGEST_WHOLE", 100)
    assert whys(b"[\n" + LINE + b"\n]") == ["larger than 256 MB without being JSON lines"]


def test_a_damaged_archive_gives_what_it_held_before():
    whole = gzip.compress(b"\n".join([LINE] * 50))
    assert whys(whole[:-9])[-1].startswith("the compressed file is damaged")


def test_deep_nesting_and_half_characters_are_taken_calmly():
    assert whys(b"[" * 100_000) == ["nested too deeply"]
    (found,) = records_in(io.BytesIO(json.dumps({**RECORD, "x": "\ud800\x00"}).encode()))
    assert "\\ud800" in found.original
    found.original.encode()


def test_letters_written_in_two_parts_are_read_as_one():
    (found,) = records_in(stream({**RECORD, "linh_vuc": "Hộ tịch", "cap_thuc_hien": None}))
    assert found.reading.field == "Hộ tịch"


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(raw):
    for record in read(raw):
        assert isinstance(record, Lost)


@given(st.dictionaries(st.sampled_from(list(RECORD)), st.none() | st.text() | st.integers()))
def test_no_field_breaks_the_reader(fields):
    (record,) = records_in(stream({**RECORD, **fields}))
    assert isinstance(record, Found | Lost)


LAYTHUTUC = {
    "MATTHC": "1.004616.000.00.00.H56",
    "TENTTHC": "Thủ tục cấp giấy",
    "CAPTHUCHIEN": "Cấp tỉnh",
    "LINHVUC": [{"MALINHVUC": "1", "TENLINHVUC": "Hộ tịch"}],
    "CACHTHUCTHUCHIEN": [
        {
            "KENH": "Trực tuyến",
            "THOIGIAN": [
                {
                    "THOIGIANGIAIQUYET": "5",
                    "DONVITINH": "Ngày làm việc",
                    "MOTA": "Kể từ ngày nhận đủ hồ sơ",
                    "PHILEPHI": [
                        {"MAPHILEPHI": "1", "SOTIEN": "8.000", "DONVI": "đồng", "MOTA": ""}
                    ],
                },
                {
                    "THOIGIANGIAIQUYET": "1",
                    "DONVITINH": "",
                    "PHILEPHI": [{"SOTIEN": "0", "MOTA": ""}],
                },
            ],
        },
        {"KENH": "1", "THOIGIAN": {"PHILEPHI": [{"SOTIEN": "0", "MOTA": "lệ phí do tỉnh"}]}},
        {"KENH": "Chim bồ câu", "THOIGIAN": []},
    ],
    "THANHPHANHOSO": [
        {"TRUONGHOP": "Cấp mới", "GIAYTO": [{"TENGIAYTO": "Đơn", "TENMAUDON": "M1"}, {"URL": "x"}]},
        {"TRUONGHOP": "Trống", "GIAYTO": []},
    ],
    "TRINHTUTHUCHIEN": "Bước 1: A\nBước 2: B",
    "KETQUATHUCHIEN": [{"TENKETQUA": "Giấy"}, "Bản sao"],
    "COQUANTHUCHIEN": [{"TENDONVI": "Sở Tư pháp"}],
    "YEUCAU": None,
}


def test_the_portals_own_answer_hangs_limit_and_fee_under_channel_and_case():
    (found,) = records_in(stream({"result": [LAYTHUTUC]}))
    first, second, third = found.reading.channels
    assert (first.way, first.amount, first.unit) == (Way.ONLINE, 5, Unit.WORKING_DAYS)
    assert (first.cost, first.fees) == (Cost.AMOUNT, (8000,))
    assert (second.unit, second.cost) == (None, Cost.FREE)
    assert (third.way, third.cost) == (Way.COUNTER, Cost.DEPENDS)
    assert found.reading.field == "Hộ tịch"
    assert found.reading.agency == "Sở Tư pháp"
    assert [(c.name, c.papers[0].form) for c in found.reading.cases] == [("Cấp mới", "M1")]
    assert found.reading.steps == ("Bước 1: A", "Bước 2: B")
    assert [r.name for r in found.reading.results] == ["Giấy", "Bản sao"]
    assert "not a way of filing we know" in [t.why for t in found.troubles]


def test_a_fee_in_words_or_foreign_money_is_left_to_read():
    fees = [{"SOTIEN": "năm nghìn", "DONVI": "đồng"}, {"SOTIEN": "100", "DONVI": "USD"}]
    limit = [{"THOIGIANGIAIQUYET": "5", "DONVITINH": "Ngày", "PHILEPHI": fees}]
    (found,) = records_in(
        stream({**LAYTHUTUC, "CACHTHUCTHUCHIEN": [{"KENH": "2", "THOIGIAN": limit}]})
    )
    (row,) = found.reading.channels
    assert (row.cost, row.fees) == (Cost.DEPENDS, ())
    assert row.fee_text == "năm nghìn đồng; 100 USD"
    assert [t.why for t in found.troubles][:2] == ["the fee cannot be read"] * 2


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from([*LAYTHUTUC, "KENH", "THOIGIAN", "PHILEPHI", "SOTIEN"]), inner
            )
        ),
        max_leaves=20,
    ),
    st.sampled_from(list(LAYTHUTUC)),
)
def test_no_shape_of_an_answer_breaks_the_reader(value, name):
    (record,) = records_in(stream({**LAYTHUTUC, name: value}))
    assert isinstance(record, Found | Lost)
