"""Examples of a pack that is begun from a record: one right, one wrong, so that there are both."""

from collections.abc import Mapping
from datetime import date
from typing import Any

PERSON = {
    "name": "Nguyễn Thị Hương",
    "id": "001195012345",
    "birth_date": "1995-03-14",
    "sex": "female",
}
PHONE = "+84912345678"
PLACE = {"province": "46", "commune": "19786"}
FIRM = {"tax_code": "0100109106", "name": "Công ty Cổ phần Bình Minh"}


def first_examples(
    procedure: Mapping[str, Any], form: Mapping[str, Any], *, on: date
) -> dict[str, Any]:
    """Return the examples by file name."""
    answers: dict[str, Any] = {}
    fields = {field["id"]: field for field in form["steps"][0]["sections"][0]["fields"]}
    if "situation" in fields:
        answers["situation"] = fields["situation"]["options"][0]["value"]
    if "filed_as" in fields:
        answers["filed_as"] = fields["filed_as"]["options"][0]["value"]
    kind = procedure["applicants"][0]
    if kind == "enterprise":
        answers["enterprise"] = FIRM
    elif kind != "citizen":
        answers["organisation"] = "Hội Khuyến học"
    answers |= {"applicant": PERSON, "phone": PHONE}
    answers["office"] = {part: PLACE[part] for part in fields["office"]["parts"]}
    channel = procedure["channels"][0]
    case = procedure["cases"][0]["id"] if "cases" in procedure else None
    first = {"on": on.isoformat(), "channel": channel}
    expect = {"fee": _fee(procedure, channel), "papers": _papers(procedure, case)}
    wrong = {**answers, "applicant": {**PERSON, "name": ""}}
    return {
        "valid-first.yaml": {**first, "expect": expect, "answers": answers},
        "invalid-no-name.yaml": {
            **first,
            "expect": {"problems": ["applicant.name"]},
            "answers": wrong,
        },
    }


def _fee(procedure: Mapping[str, Any], channel: str) -> int:
    fees = procedure.get("fees", [])
    return sum(fee["amount"] for fee in fees if channel in fee.get("channels", [channel]))


def _papers(procedure: Mapping[str, Any], case: str | None) -> list[str]:
    papers = procedure.get("papers", [])
    return [paper["id"] for paper in papers if case is None or case in paper.get("cases", [case])]
