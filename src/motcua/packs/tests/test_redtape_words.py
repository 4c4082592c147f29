"""What the words for papers and questions are recognised as: the true ones, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.forms.rules.definition import Field, Kind, Words
from motcua.packs.rules.demands import Paper
from motcua.packs.rules.redtape.recognising import fold, held_field, held_paper, own_name
from motcua.packs.rules.redtape.registries import fact_of, law_against_asking, registries

PAPERS = {
    "Sổ hộ khẩu": "population.residence",
    "Bản sao Sổ hộ khẩu của người yêu cầu": "population.residence",
    "Giấy xác nhận cư trú": "population.residence",
    "Giấy tờ chứng minh nơi cư trú của cha hoặc mẹ": "population.residence",
    "01 bản sao có chứng thực Giấy chứng nhận kết hôn": "population.marriage",
    "Giấy xác nhận tình trạng hôn nhân": "population.marriage",
    "Trích lục kết hôn": "population.marriage",
    "Bản chụp Thẻ căn cước công dân": "population.id_card",
    "Giấy tờ tùy thân của hai bên": "population.id_card",
    "Chứng minh nhân dân hoặc hộ chiếu": "",
    "Giấy khai sinh của con": "population.birth",
    "Bản sao trích lục khai tử": "population.death",
    "Giấy chứng nhận quyền sử dụng đất": "land.certificate",
    "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP": "enterprise.registration",
    "Thẻ bảo hiểm y tế": "insurance.card",
    "Sổ bảo hiểm xã hội": "insurance.contributions",
    "Giấy chứng nhận đăng ký thuế": "finance.tax_code",
    "Xác nhận hoàn thành nghĩa vụ thuế": "tax.obligations",
    # papers that only look like them
    "Giấy chứng sinh": "",
    "Giấy báo tử": "",
    "Giấy chứng nhận quyền sử dụng đất đã cấp": "",
    "Giấy xác nhận tình trạng hôn nhân đã được cấp trước đó": "",
    "Giấy chứng nhận kết hôn do cơ quan nước ngoài cấp": "",
    "Đơn đề nghị cấp Giấy khai sinh": "",
    "Văn bản đồng ý của người có Giấy chứng nhận quyền sử dụng đất": "",
    "Hợp đồng thuê nhà có xác nhận cư trú": "",
    "Giấy khám sức khỏe": "",
    "Bản chính Giấy khai sinh cần chứng thực": "",
    "Văn bản ủy quyền": "",
    "Sơ yếu lý lịch": "",
    "Ảnh thẻ 3x4": "",
    "Căn cứ pháp lý của dự án": "",
    "Sổ đỏ": "",
}


def paper(name, **more):
    return Paper(id="p", name=Words(name, name), **more)


def field(label, kind=Kind.TEXT, **more):
    return Field(id="f", kind=kind, label=Words(label, label), **more)


@pytest.mark.parametrize(("name", "fact"), PAPERS.items())
def test_a_paper_is_what_its_name_begins_with_or_nothing(name, fact):
    assert held_paper(paper(name)) == ((fact,) if fact else ())


def test_what_the_pack_itself_names_counts_unless_it_is_an_act_of_will():
    held = ("population.parents",)
    assert held_paper(paper("Giấy tờ khác", held_by=held)) == held
    assert held_paper(paper("Văn bản đồng ý của cha, mẹ", held_by=held)) == ()
    assert held_paper(paper("Bản gốc Giấy chứng nhận đã cấp", held_by=held)) == ()


@pytest.mark.parametrize(
    ("label", "kind", "fact"),
    [
        ("Dân tộc của mẹ", Kind.CHOICE, "population.ethnicity"),
        ("Quốc tịch", Kind.TEXT, "population.nationality"),
        ("Nơi thường trú hiện nay", Kind.ADDRESS, "population.residence"),
        ("Nơi cư trú cuối cùng", Kind.ADDRESS, "population.residence"),
        ("Mã số bảo hiểm xã hội", Kind.TEXT, "insurance.participation"),
        ("Dân tộc của trẻ", Kind.CHOICE, ""),
        ("Nơi đề nghị đăng ký thường trú", Kind.ADDRESS, ""),
        ("Nơi sinh", Kind.ADDRESS, ""),
        ("Trụ sở", Kind.ADDRESS, ""),
        ("Địa chỉ nhận kết quả", Kind.ADDRESS, ""),
        ("Điện thoại", Kind.PHONE, ""),
        ("Quốc tịch", Kind.LONG_TEXT, ""),
        ("Lý do thay đổi dân tộc", Kind.TEXT, ""),
    ],
)
def test_a_question_is_what_its_whole_label_says_or_nothing(label, kind, fact):
    assert [held.fact for held in held_field(field(label, kind))] == ([fact] if fact else [])


def test_what_only_foreigners_are_asked_may_be_in_no_registry():
    for show in ('nationality = "foreign"', "lives_abroad"):
        assert held_field(field("Quốc tịch", show=show)) == ()
        assert held_paper(paper("Giấy chứng nhận kết hôn", show=show)) == ()
    assert held_field(field("Quốc tịch", show='nationality = "VN"')) != ()


def test_a_number_tells_the_rest_of_a_person_or_a_firm():
    parts = [held.part for held in held_field(field("Người bán", Kind.PERSON))]
    assert parts == ["birth_date", "sex"]
    firm = held_field(field("Bên mua", Kind.ENTERPRISE))
    assert [(held.fact, held.part) for held in firm] == [("enterprise.registration", "name")]
    assert held_field(field("Người bán", Kind.PERSON, optional_parts=("id",))) == ()
    assert held_field(field("Người bán", Kind.PERSON, parts=("name", "birth_date"))) == ()


def test_what_the_account_fills_in_is_not_asked_again():
    assert held_field(field("Bạn", Kind.PERSON, source="account.person")) == ()


def test_what_a_registry_is_looked_up_by_has_to_be_asked():
    assert held_field(field("Số định danh", held_by="population.id")) == ()
    assert held_field(field("Địa chỉ liên hệ", held_by="population.residence")) == ()
    assert held_field(field("Tuổi", held_by="population.birth_date")) != ()


def test_every_pattern_is_folded_and_means_one_fact():
    seen = {}
    for name, registry in registries().items():
        for fact, each in registry.facts.items():
            assert fact_of(f"{name}.{fact}")[1] is each
            for words in (*each.papers, *each.fields):
                assert words == fold(words)
            for words in each.papers:
                assert own_name(words) == words
                assert seen.setdefault(words, fact) == fact


def test_a_law_is_named_with_whether_it_is_sure():
    assert law_against_asking("population.residence").confirmed
    assert not law_against_asking("population.birth").confirmed
    assert law_against_asking("tax.obligations") is None


@given(st.text(max_size=60))
def test_any_text_folds_to_plain_words_and_folds_no_further(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@given(st.sampled_from(sorted(PAPERS)), st.sampled_from(["Bản sao ", "01 ", "Bản chính ", ""]))
def test_the_form_a_paper_is_asked_in_changes_nothing(name, before):
    assert held_paper(paper(before + name)) == held_paper(paper(name))
