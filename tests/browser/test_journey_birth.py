"""
A birth is registered, from the first word typed to the certificate and what people think of it.

The whole main job of the portal, by a mother and three officials, each in a browser of their own:
at a desk, with a phone, and without JavaScript.
"""

import email
from email import policy

import pytest

from motcua.files.tests.samples import pdf, photo
from tests.browser import citizen, officials
from tests.browser.steps import CLERK, LEADER, MOTHER, SPECIALIST

PAPER, ANSWER = "birth_certificate", "child_name"


@pytest.fixture
def photograph(tmp_path):
    """A photo as a phone takes it, named in Vietnamese."""
    file = tmp_path / "giấy chứng sinh.jpg"
    file.write_bytes(photo(size=(1600, 1200)))
    return file


@pytest.fixture
def scan(tmp_path):
    """A PDF of two pages."""
    file = tmp_path / "chứng sinh.pdf"
    file.write_bytes(pdf())
    return file


def test_a_birth_is_registered_from_the_search_to_the_certificate(someone, house, photograph, scan):
    mother = someone()
    citizen.find(mother, "khai sinh", "Đăng ký khai sinh", code="1.001193")
    citizen.begin(mother, MOTHER)
    citizen.fill_form(mother)
    citizen.hand_in(mother, PAPER, photograph, scan)
    mother.look()
    mother.press("Lưu và tiếp tục")
    code = citizen.check_and_file(mother)
    citizen.pay_at_the_bank(mother)
    citizen.wait_until_paid(mother)

    clerk, specialist, leader = (someone(who) for who in (CLERK, SPECIALIST, LEADER))
    officials.take_at_once(clerk, code, "Tiếp nhận hồ sơ")
    officials.take_at_once(clerk, code, "Chuyển giải quyết")
    officials.ask_for_supplement(specialist, code, PAPER, ANSWER)
    citizen.answer_in_place(mother, code, PAPER, scan, "Trần Nguyễn Minh Ánh")
    officials.decide(specialist, code, "Đề xuất giải quyết")
    officials.decide(leader, code, "Phê duyệt và cấp kết quả")
    officials.return_result(clerk, code)

    certificate = citizen.download_result(mother, code)
    assert certificate.read_bytes().startswith(b"%PDF")
    citizen.rate(mother, code)
    citizen.keeps_the_page_in_english(mother)
    citizen.read_notices(mother, code)
    assert code in letters_to(house, MOTHER)


def letters_to(house, who: str) -> str:
    """Return what the portal wrote to somebody by e-mail."""
    written = [
        email.message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in sorted((house.place.var / "outbox").glob("*"))
    ]
    bodies = [one.get_body(("plain",)) for one in written if one["To"] == who]
    return "\n".join(body.get_content() for body in bodies if body is not None)
