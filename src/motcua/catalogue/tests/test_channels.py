from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules.channels import channels_in, fee_of, limit_of
from motcua.catalogue.rules.readings import Cost, Way
from motcua.catalogue.tests.records import HEAD
from motcua.kernel.worktime import Unit


def only(text):
    ((row,), troubles) = channels_in(HEAD + text)
    return row, [t.why for t in troubles]


def test_a_row_without_separators_is_a_way_a_limit_and_a_fee():
    row, doubts = only(
        "Trực tuyến5 Ngày làm việc2,000,000 Việt Nam Đồng(theo Thông tư)Nộp qua mạng"
    )
    assert (row.way, row.amount, row.unit) == (Way.ONLINE, Decimal(5), Unit.WORKING_DAYS)
    assert (row.cost, row.fees) == (Cost.AMOUNT, (2_000_000,))
    assert row.fee_text == "2,000,000 Việt Nam Đồng (theo Thông tư)"
    assert row.note == "Nộp qua mạng"
    assert doubts == []


def test_a_bare_number_is_never_days():
    row, doubts = only("Trực tuyến1Miễn phí")
    assert (row.amount, row.unit, row.limit_text) == (None, None, "1")
    assert doubts == ["the limit has no unit we know"]


def test_a_limit_of_nothing_is_unknown():
    for text in ("0 Ngày", "1,5 Ngày", "2.5 Tháng", "99999 Ngày làm việc", "5", "Ngày"):
        assert limit_of(text) == (None, None)
    assert limit_of("1,5 Ngày làm việc") == (Decimal("1.5"), Unit.WORKING_DAYS)


@pytest.mark.parametrize(
    "note",
    [
        "(Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định)",
        "(theo quy định của pháp luật về phí, lệ phí)",
        "(2.400.000 Đồng (Cấp lại do mất)",
        "Lệ phí: 20.000 đồng",
    ],
)
def test_free_of_charge_never_hides_a_fee_in_the_note(note):
    row, doubts = only("Trực tiếp3 NgàyMiễn phí" + note)
    assert row.cost is Cost.DEPENDS
    assert doubts == ["said to be free, but a note qualifies it"]


@pytest.mark.parametrize("note", ["", "(Không có)", "(Không quy định.)", "Nộp tại Bộ phận Một cửa"])
def test_free_of_charge_stands_where_nothing_speaks_against_it(note):
    assert only("Trực tiếp3 NgàyMiễn phí" + note)[0].cost is Cost.FREE


def test_a_limit_glued_to_a_fee_is_read_only_as_far_as_the_note_confirms():
    row, _ = only("Trực tuyến120,000 VNĐ(20.000 đồng/tờ khai)")
    assert (row.amount, row.unit, row.fees) == (None, None, (20_000,))
    row, doubts = only("Trực tuyến120,000 VNĐ(theo Thông tư 172)")
    assert (row.cost, row.fees, row.fee_text) == (
        Cost.DEPENDS,
        (),
        "120,000 VNĐ (theo Thông tư 172)",
    )
    assert doubts == ["a limit without a unit is glued to the fee"]


def test_a_sum_too_small_or_foreign_is_left_to_read():
    assert only("Trực tuyến7 Ngày150 VNĐ(150.000 đồng/lần)")[0].cost is Cost.DEPENDS
    assert only("Trực tiếp6 Tháng100 USD")[0].cost is Cost.DEPENDS


def test_a_rebate_in_the_note_makes_the_sum_doubtful():
    row, doubts = only("Trực tiếp7 Ngày800,000 Việt Nam Đồng(mức 400.000 đồng đến 31/12/2026)")
    assert (row.cost, row.fees) == (Cost.DEPENDS, (800_000,))
    assert doubts == ["the note beside the fee names another sum"]


def test_a_way_named_inside_a_note_begins_no_row():
    rows, _ = channels_in(HEAD + "Trực tiếp2 NgàyMiễn phíTrực tiếp tại sở.Trực tuyến3 GiờMiễn phí")
    assert [(r.way, r.unit) for r in rows] == [
        (Way.COUNTER, Unit.DAYS),
        (Way.ONLINE, Unit.WORKING_HOURS),
    ]


def test_words_for_a_limit_are_kept_as_words():
    row, doubts = only("Trực tuyếnKhông phải trả kết quảMiễn phí")
    assert row.limit_text == "Không phải trả kết quả"
    assert doubts == ["the limit has no unit we know"]


def test_a_table_that_names_no_way_is_reported():
    rows, troubles = channels_in(HEAD + "gì đó")
    assert rows == ()
    assert [t.why for t in troubles] == ["no way of filing is named"]
    assert channels_in("Không có thông tin") == ((), ())


def test_a_row_that_cannot_be_read_keeps_its_words():
    row, doubts = only("Trực tuyếnAbc")
    assert (row.note, doubts) == ("Abc", ["the row cannot be read"])


def test_a_note_that_names_another_unit_is_reported():
    _, doubts = only("Trực tiếp10 NgàyMiễn phíTrong 10 ngày làm việc")
    assert doubts == ["the note says working days, the table days"]


UNITS = {"Ngày làm việc": Unit.WORKING_DAYS, "Ngày": Unit.DAYS, "Giờ": Unit.WORKING_HOURS}
WAYS = {"Trực tuyến": Way.ONLINE, "Dịch vụ bưu chính": Way.POST, "Trực tiếp": Way.COUNTER}
FEES = st.integers(1000, 10**9)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(WAYS)), st.integers(1, 500), st.sampled_from(list(UNITS)), FEES
        ),
        min_size=1,
    )
)
def test_whatever_was_flattened_is_read_back(rows):
    table = "".join(f"{way}{n} {unit}{fee:,} VNĐ" for way, n, unit, fee in rows)
    read, troubles = channels_in(HEAD + table)
    assert [(r.way, r.amount, r.unit, r.fees) for r in read] == [
        (WAYS[way], n, UNITS[unit], (fee,)) for way, n, unit, fee in rows
    ]
    assert troubles == ()


@given(st.text())
def test_no_text_breaks_the_reader_and_no_number_stands_without_its_unit(text):
    for row in channels_in(HEAD + "Trực tuyến" + text)[0]:
        assert (row.amount is None) == (row.unit is None) == (row.limit is None)
        assert all(fee >= 1000 for fee in row.fees)


@given(st.text(), st.text())
def test_only_silence_or_a_denial_beside_it_leaves_it_free(bracket, note):
    if fee_of("Miễn phí", bracket, note).cost is Cost.FREE:
        assert "đồng" not in note.lower().split()
        assert not any(c.isdigit() for c in bracket)
