from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules.readings import Case, Named, Paper
from motcua.catalogue.rules.tables import laws_in, papers_in, results_in, steps_in

PAPERS = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
LAWS = "Tên văn bản pháp lýMã văn bản"


def test_papers_are_split_at_their_counts():
    assert papers_in(
        f"--{PAPERS}Đơn đề nghị theo Mẫu số 5Mẫu số 05.docx1 bản chínhHộ chiếu0 bản chính,2 bản sao"
    ) == (
        Case(
            "",
            (Paper("Đơn đề nghị theo Mẫu số 5", 1, 0, "Mẫu số 05.docx"), Paper("Hộ chiếu", 0, 2)),
        ),
    )


def test_a_count_inside_a_sentence_splits_nothing():
    ((_, (paper,)),) = [
        (c.name, c.papers)
        for c in papers_in(f"{PAPERS}Hóa đơn: 01 bản chụp, 01 bản chính; nếu có1 bản chính")
    ]
    assert paper == Paper("Hóa đơn: 01 bản chụp, 01 bản chính; nếu có", 1, 0)


def test_a_count_glued_to_a_year_stays_unknown():
    (case,) = papers_in(f"{PAPERS}Bảng kê năm 20181 bản chính")
    assert case.papers == (Paper("Bảng kê năm 2018", None, None),)


def test_papers_of_several_cases_keep_their_case():
    cases = papers_in(f"Cấp mới:{PAPERS}Đơn1 bản chínhCấp lại:{PAPERS}Đơn lại1 bản chính")
    assert [(c.name, c.papers[0].name) for c in cases] == [
        ("Cấp mới", "Đơn"),
        ("Cấp lại", "Đơn lại"),
    ]


def test_papers_without_a_table_are_one_text_and_no_information_is_nothing():
    assert papers_in("Không yêu cầu") == (Case("", (Paper("Không yêu cầu"),)),)
    assert papers_in("Không có thông tin") == ()


def test_laws_are_split_at_their_numbers():
    text = (
        f"{LAWS}Luật 60/2014/QH1360/2014/QH13Thông tư về lệ phí85/2019/TT-BTC"
        "Luật Doanh nghiệp 202076/2025/QH15"
    )
    assert laws_in(text) == (
        Named("Luật 60/2014/QH13", "60/2014/QH13"),
        Named("Thông tư về lệ phí", "85/2019/TT-BTC"),
        Named("Luật Doanh nghiệp 2020", "76/2025/QH15"),
    )


def test_a_law_quoted_inside_a_title_is_not_a_law_of_its_own():
    text = (
        f"{LAWS}Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ123/2015/NĐ-CP"
        "Văn bản không số"
    )
    assert laws_in(text) == (
        Named("Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ", "123/2015/NĐ-CP"),
        Named("Văn bản không số"),
    )


def test_results_come_with_their_public_numbers():
    assert results_in("- Giấy AMã: KQ.G12.001009Giấy BMã: 000.00.00.G04-KQ3346Từ khóaX") == (
        Named("Giấy A", "KQ.G12.001009"),
        Named("Giấy B", "000.00.00.G04-KQ3346"),
    )
    assert results_in("Văn bản trả lờiTừ khóaKhông có thông tin") == (Named("Văn bản trả lời"),)
    assert results_in("") == ()


def test_steps_are_numbered_or_one_a_line():
    assert steps_in("Bước 1: Nộp.\nĐúng giờ.\n- Bước 2: Nhận.") == (
        "Bước 1: Nộp.\nĐúng giờ.",
        "Bước 2: Nhận.",
    )
    assert steps_in("Nộp hồ sơ\n\nNhận kết quả") == ("Nộp hồ sơ", "Nhận kết quả")


@given(st.text())
def test_no_text_breaks_a_table(text):
    for head in ("", PAPERS, LAWS):
        papers_in(head + text)
        laws_in(head + text)
        results_in(head + text)
        steps_in(head + text)
