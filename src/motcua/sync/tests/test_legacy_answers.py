"""Answers of systems that speak the old interface: what they did not take is never passed over."""

import pytest

from motcua.sync.rules.legacy.answers import untaken_in

THINGS = [{"MaHoSo": "A-1"}, {"MaHoSo": "A-2"}]


@pytest.mark.parametrize(
    ("answer", "untaken"),
    [
        ({"error_code": "0", "result": []}, []),
        ({"error_code": "0"}, []),
        ({"error_code": "0", "result": [{"MaHoSo": "A-1"}]}, []),
        ({"error_code": "0", "result": [{"MaHoSo": "A-1", "error_code": ""}]}, []),
        ({"error_code": "1", "result": [{"stt": "2", "error_code": "shape"}]}, [("A-2", "shape")]),
        ({"error_code": "1", "result": [{"MaHoSo": "A-1", "message": "hỏng"}]}, [("A-1", "hỏng")]),
        ({"error_code": "0", "result": [{"MaHoSo": "A-1", "error_code": "7"}]}, [("A-1", "7")]),
        (
            {
                "error_code": "1",
                "message": "lỗi",
                "result": [{"MaHoSo": "A-1"}, {"stt": "2", "error_code": "0"}],
            },
            [("A-1", "lỗi")],
        ),
    ],
)
def test_what_was_not_taken_is_named_by_code_or_by_place(answer, untaken):
    assert untaken_in(answer, THINGS) == untaken


@pytest.mark.parametrize(
    "answer",
    [
        {"error_code": "-5", "message": "Không có quyền", "result": [{}]},
        {"error_code": "1", "result": []},
        {"error_code": "1"},
        {},
        {"error_code": "1", "result": [{"stt": "1", "error_code": "0"}]},
        {"error_code": "1", "result": [{"stt": "9", "error_code": "shape"}]},
        {"error_code": "1", "result": [{"MaHoSo": "A-1"}, {"MaHoSo": "X"}]},
        {"error_code": "0", "result": [{"error_code": "7"}]},
        {"error_code": "1", "result": "không"},
    ],
)
def test_where_it_is_not_said_which_all_count_as_refused(answer):
    assert untaken_in(answer, THINGS) is None
