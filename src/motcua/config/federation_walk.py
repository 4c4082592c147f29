"""One dossier's journey: filed at the hub, settled in the province, its result back at the hub."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from motcua.config.federation_places import House, Visitor, once, until
from motcua.config.terminal import say, step

CITIZEN = "huong@motcua.example"
CLERK, SPECIALIST, LEADER = (
    f"{kind}.thuan-hoa@motcua.example" for kind in ("mot-cua", "chuyen-vien", "lanh-dao")
)
PROCEDURE, PAPER = "1.001193", "birth_certificate"
RESULT = re.compile(r'id="ket-qua".*?href="(/ho-so/chuyen/[^"]+/tep/[0-9a-f-]{36}/)"', re.DOTALL)
THERE = re.compile(r"000\.00\.61\.H57-\d{6}-\d{4,}")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n0 4\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
)
ASKED = "Giấy chứng sinh bị mờ, vui lòng chụp lại."
HOME = {"province": "46", "commune": "19786", "street": "24 Lê Lợi"}
ANSWERS: dict[str, Any] = {
    "relation": "mother",
    "birth_proof": "certificate",
    "surrogacy": False,
    "office": {"province": "46", "commune": "19786"},
    "child_name": "Trần Nguyễn Minh Anh",
    "child_sex": "female",
    "child_ethnicity": "01",
    "child_nationality": "VN",
    "birth_facility": "Bệnh viện Trung ương Huế",
    "birth_place": {"province": "46", "commune": "19786"},
    "home_town": {"province": "46", "commune": "19786"},
    "mother": {"name": "Nguyễn Thị Hương", "id": "001195012345", "birth_date": "1995-03-14"},
    "mother_ethnicity": "01",
    "mother_nationality": "Việt Nam",
    "mother_home": HOME,
    "father_declared": True,
    "parents_married": True,
    "father": {"name": "Trần Minh Quân", "id": "001092023456", "birth_date": "1992-08-02"},
    "father_ethnicity": "01",
    "father_nationality": "Việt Nam",
    "father_home": HOME,
    "requester": {
        "name": "Nguyễn Thị Hương",
        "id": "001195012345",
        "birth_date": "1995-03-14",
        "sex": "female",
    },
    "requester_home": HOME,
    "phone": "+84912345678",
    "delivery": "counter",
}


@dataclass
class Journey:
    """What the walk knows by now: the code at the hub, the province's, and who reads pages."""

    hub: House
    province: House
    code: str = ""
    there: str = ""
    citizen: Visitor = field(init=False)

    @property
    def page(self) -> str:
        """The address of the dossier's page at the hub."""
        return f"/ho-so/chuyen/{self.code}/"


def walk(hub: House, province: House, *, born: str) -> Journey:
    """
    Walk a dossier through, saying each step; return its journey.

    :param born: the child's birth date, some days ago
    :raises Trouble: if a step does not lead where it should
    """
    journey = Journey(hub, province)
    for vietnamese, english, do in STEPS:
        with step(vietnamese, english):
            do(journey, born) if do is file else do(journey)
        if do is file:
            say(f"  mã tại cổng quốc gia: {journey.code}", "its code at the hub")
        if do is handed_on:
            say(f"  mã tại Huế: {journey.there}", "its code in the province")
    journey.citizen.close()
    return journey


def sign_in(journey: Journey) -> None:
    """The citizen signs in at the hub."""
    journey.citizen = journey.hub.as_person(CITIZEN)


def file(journey: Journey, born: str) -> None:
    """The citizen files at the hub, for a commune of the province."""
    with journey.hub.as_program(CITIZEN) as api:
        sent = api.post("/files", files={"file": ("giay-chung-sinh.pdf", PDF, "application/pdf")})
        paper = sent.raise_for_status().json()["id"]
        filing = {
            "procedure": PROCEDURE,
            "answers": ANSWERS | {"child_birth_date": born},
            "papers": {PAPER: [paper]},
        }
        filed = api.post("/dossiers", json=filing, headers=once())
        if filed.is_error:
            raise RuntimeError(json.dumps(filed.json(), ensure_ascii=False)[:2000])
        journey.code = filed.json()["code"]


def receipt(journey: Journey) -> None:
    """Their page is there at once."""
    _wait_for(journey, journey.code, "trang hồ sơ", "the dossier's page")


def handed_on(journey: Journey) -> None:
    """The province has it, under a code of its own."""
    told = ("Huế nhận hồ sơ", "the province has it")
    found = until(lambda: THERE.search(journey.citizen.page(journey.page)), *told)
    journey.there = found[0]


def ask_for_more(journey: Journey) -> None:
    """The commune's desk asks for a better photo."""
    more = {"reason": ASKED, "papers": [PAPER]}
    take(journey, CLERK, "ask_supplement", more)


def asked_at_the_hub(journey: Journey) -> None:
    """The citizen reads it at the hub."""
    _wait_for(journey, ASKED, "yêu cầu bổ sung trên cổng quốc gia", "the request at the hub")


def answer_at_the_hub(journey: Journey) -> None:
    """The citizen answers at the hub."""
    files = {f"file-{PAPER}": ("giay-chung-sinh-2.pdf", PDF, "application/pdf")}
    journey.citizen.post(
        f"{journey.page}bo-sung/", {"note": "Tôi đã chụp lại.", "send": "1"}, files
    )


def answered_there(journey: Journey) -> None:
    """The commune has the answer."""
    with journey.province.as_program(CLERK) as api:
        told = ("nội dung bổ sung đến nơi", "the answer arrives")
        until(lambda: api.get(f"/dossiers/{journey.there}").json()["state"] == "new", *told)


def accept(journey: Journey) -> None:
    """The desk accepts it and passes it on."""
    take(journey, CLERK, "accept")
    take(journey, CLERK, "forward")


def settle(journey: Journey) -> None:
    """A specialist checks it, the leader signs."""
    take(journey, SPECIALIST, "propose")
    take(journey, LEADER, "approve")


def signed_at_the_hub(journey: Journey) -> None:
    """The citizen takes the result at the hub."""
    told = ("kết quả trên cổng quốc gia", "the result at the hub")
    found = until(lambda: RESULT.search(journey.citizen.get(journey.page).text), *told)
    result = journey.citizen.get(found[1])
    if not result.content.startswith(b"%PDF"):
        raise RuntimeError(result.headers)


def hand_over(journey: Journey) -> None:
    """The desk closes it, and the hub shows that."""
    take(journey, CLERK, "return")
    _wait_for(journey, "Đã trả kết quả", "trạng thái cuối trên cổng quốc gia", "the last state")


def once_in_the_list(journey: Journey) -> None:
    """The citizen sees it once in their list, though two portals know it."""
    mine = journey.citizen.page("/ho-so/")
    if mine.count(journey.code) != 1 or journey.there in mine:
        raise RuntimeError(mine)


STEPS: tuple[tuple[str, str, Callable[..., None]], ...] = (
    ("Chị Hương đăng nhập cổng quốc gia", "Ms Hương signs in at the national hub", sign_in),
    ("Chị nộp hồ sơ khai sinh cho phường ở Huế", "She files for a commune in Huế", file),
    ("Trang hồ sơ có ngay, là giấy xác nhận", "Her page is there at once: a receipt", receipt),
    ("Hồ sơ được chuyển, Huế nhận và cấp mã", "It is handed on; Huế gives it a code", handed_on),
    ("Phường yêu cầu chụp lại một giấy tờ", "The commune asks for a better photo", ask_for_more),
    ("Chị đọc yêu cầu trên cổng quốc gia", "She reads that at the hub", asked_at_the_hub),
    ("Chị bổ sung ngay tại cổng quốc gia", "She answers at the hub", answer_at_the_hub),
    ("Phường nhận nội dung bổ sung", "The commune has her answer", answered_there),
    ("Một cửa tiếp nhận, chuyển xử lý", "The desk accepts it and passes it on", accept),
    ("Chuyên viên thẩm tra, lãnh đạo ký", "A specialist checks, the leader signs", settle),
    ("Chị tải kết quả tại cổng quốc gia", "She takes the result at the hub", signed_at_the_hub),
    ("Một cửa trả kết quả, cổng quốc gia biết", "It is closed, and the hub knows", hand_over),
    ("Danh sách của chị có hồ sơ này đúng một lần", "Her list has it once", once_in_the_list),
)


def take(journey: Journey, who: str, what: str, more: dict[str, Any] | None = None) -> None:
    """Take a step in the province, as one of its officials."""
    with journey.province.as_program(who) as api:
        version = api.get(f"/dossiers/{journey.there}").raise_for_status().json()["version"]
        path, headers = f"/dossiers/{journey.there}/steps", once() | {"if-match": f'"{version}"'}
        done = api.post(path, json={"step": what, **(more or {})}, headers=headers)
        if done.is_error:
            raise RuntimeError(done.text[:1000])


def _wait_for(journey: Journey, words: str, vietnamese: str, english: str) -> None:
    until(lambda: words in journey.citizen.page(journey.page), vietnamese, english)
