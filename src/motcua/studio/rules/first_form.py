"""The first page, the work and the result's paper of a pack that is begun from a record."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motcua.studio.rules.record import TODO, left_to_do

QUESTIONS = left_to_do(
    "Thêm các câu hỏi của tờ khai, rồi bỏ dòng này.",
    "Add the questions of the declaration, then take this line out.",
)
WHO: dict[str, dict[str, str]] = {
    "citizen": {"vi": "Công dân", "en": "A citizen"},
    "enterprise": {"vi": "Doanh nghiệp, hợp tác xã", "en": "An enterprise or cooperative"},
    "agency": {"vi": "Cơ quan nhà nước", "en": "A State agency"},
    "organisation": {"vi": "Tổ chức khác", "en": "Another organisation"},
}
OTHERS = ("agency", "organisation")


def first_form(procedure: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``form.yaml``: which case it is, who applies, and where."""
    fields = [*_situation(procedure), *_applicant(procedure["applicants"])]
    title = {"vi": "Người nộp hồ sơ và nơi nộp", "en": "Who applies, and where"}
    step = {
        "id": "applicant",
        "title": title,
        "lead": QUESTIONS,
        "sections": [{"fields": [*fields, _office(procedure["level"])]}],
    }
    return {"steps": [step]}


def _situation(procedure: Mapping[str, Any]) -> list[dict[str, Any]]:
    cases = procedure.get("cases", [])
    options = [{"value": case["id"], "label": case["name"]} for case in cases]
    label = {"vi": "Trường hợp của bạn", "en": "Your case"}
    field = {"id": "situation", "kind": "choice", "label": label, "options": options}
    return [field] if cases else []


def _applicant(kinds: Sequence[str]) -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = []
    if len(kinds) > 1:
        label = {"vi": "Bạn nộp hồ sơ với tư cách", "en": "You file as"}
        options = [{"value": kind, "label": WHO[kind]} for kind in kinds]
        fields.append({"id": "filed_as", "kind": "choice", "label": label, "options": options})
    if "enterprise" in kinds:
        label = {"vi": "Doanh nghiệp", "en": "The enterprise"}
        field: dict[str, Any] = {"id": "enterprise", "kind": "enterprise", "label": label}
        fields.append(field | _only_for(["enterprise"], kinds))
    if others := [kind for kind in kinds if kind in OTHERS]:
        label = {"vi": "Tên cơ quan, tổ chức", "en": "Name of the agency or organisation"}
        field = {"id": "organisation", "kind": "text", "label": label}
        fields.append(field | {"schema": {"maxLength": 300}} | _only_for(others, kinds))
    person = {"vi": "Người nộp hồ sơ", "en": "The person who files"}
    phone = {"vi": "Điện thoại nhận tin", "en": "Phone for messages"}
    email = {"vi": "Thư điện tử", "en": "E-mail"}
    return [
        *fields,
        {"id": "applicant", "kind": "person", "label": person, "source": "account.person"},
        {"id": "phone", "kind": "phone", "label": phone, "source": "account.phone"},
        {
            "id": "email",
            "kind": "email",
            "label": email,
            "required": False,
            "source": "account.email",
        },
    ]


def _only_for(shown: Sequence[str], kinds: Sequence[str]) -> dict[str, Any]:
    """Return the condition of a field that is only for some kinds of applicants."""
    if len(shown) == len(kinds):
        return {}
    if len(shown) == 1:
        return {"show": f'filed_as = "{shown[0]}"'}
    return {"show": "filed_as in (" + ", ".join(f'"{kind}"' for kind in shown) + ")"}


def _office(level: str) -> dict[str, Any]:
    parts = ["province", "commune"] if level == "commune" else ["province"]
    label = {"vi": "Nơi giải quyết hồ sơ", "en": "Where it is handled"}
    return {"id": "office", "kind": "address", "parts": parts, "label": label}


INSIDE = (
    (
        "inspect",
        re.compile(r"kiểm tra thực (tế|địa)|tại hiện trường|kiểm tra tại", re.IGNORECASE),
        {"vi": "Kiểm tra thực tế", "en": "Inspect on the spot"},
    ),
    (
        "consult",
        re.compile(r"lấy ý kiến|xin ý kiến", re.IGNORECASE),
        {"vi": "Lấy ý kiến cơ quan liên quan", "en": "Ask other agencies"},
    ),
    (
        "council",
        re.compile(r"hội đồng (thẩm định|tư vấn|xét)", re.IGNORECASE),
        {"vi": "Họp hội đồng thẩm định", "en": "Hear the council"},
    ),
)
"""Work between taking in and deciding, told by the words records use for it."""


def first_workflow(steps: Sequence[str]) -> dict[str, Any]:
    """Return ``workflow.yaml``: the usual steps, and between them what else the record tells."""
    told = "\n".join(steps)
    between = [
        {"id": id_, "name": name, "role": "specialist"}
        for id_, said, name in INSIDE
        if said.search(told)
    ]
    taken = {"vi": "Kiểm tra, tiếp nhận hồ sơ", "en": "Check and accept"}
    examined = {"vi": "Thẩm tra hồ sơ", "en": "Examine the dossier"}
    decided = {"vi": "Xem xét, ký kết quả", "en": "Decide and sign"}
    returned = {"vi": "Trả kết quả", "en": "Hand over the result"}
    return {
        "steps": [
            {"id": "intake", "name": taken, "role": "clerk"},
            {"id": "examine", "name": examined, "role": "specialist"},
            *between,
            {"id": "sign", "name": decided, "role": "leader", "four_eyes": True},
            {"id": "return", "name": returned, "role": "clerk"},
        ]
    }


def first_template(result: str) -> str:
    """Return ``result.typ``: the portal's sheet with its title, and the applicant."""
    quoted = result.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '#import "official.typ": *\n'
        f'#show: paper.with(title: "{quoted}")\n'
        "\n"
        '#row("Họ, chữ đệm, tên", a.applicant.name)\n'
        '#row("Số định danh cá nhân", a.applicant.id)\n'
        f"// {TODO}: viết nội dung của kết quả; write what the paper says\n"
    )
