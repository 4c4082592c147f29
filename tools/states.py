"""Draw the life of a dossier from its table: ``python -m tools.states`` rewrites the diagram."""

from pathlib import Path

from motcua.dossiers.rules.lifecycle import LIFECYCLE, NATIONAL_NUMBER, State

PLACE = Path(__file__).parent.parent / "docs" / "states" / "dossier.md"
WORDS = {
    State.NEW: "Mới đăng ký",
    State.RECEIVED: "Được tiếp nhận",
    State.REFUSED: "Không được tiếp nhận",
    State.IN_PROCESS: "Đang xử lý",
    State.SUPPLEMENT: "Yêu cầu bổ sung giấy tờ",
    State.PAYMENT: "Yêu cầu thực hiện nghĩa vụ tài chính",
    State.WITHDRAWN: "Công dân yêu cầu rút hồ sơ",
    State.STOPPED: "Dừng xử lý",
    State.DONE: "Đã xử lý xong",
    State.RETURNED: "Đã trả kết quả",
}


def diagram() -> str:
    """Return the page that shows every state and step."""
    lines = [
        "# The life of a dossier",
        "",
        "Made by `python -m tools.states` from `dossiers/rules/lifecycle.py`; do not edit.",
        "A step drawn from a waiting state leads back to where the wait began.",
        "",
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> new: file",
    ]
    for state, steps in LIFECYCLE.items():
        for step, target in steps.items():
            origins = [s for s, outs in LIFECYCLE.items() if state in outs.values() and s != state]
            ends = [target] if target is not None else origins
            lines += [f"    {state} --> {end}: {step}" for end in ends]
        if not steps:
            lines.append(f"    {state} --> [*]")
    lines += ["```", "", "| number | state | Vietnamese |", "|---|---|---|"]
    lines += [f"| {NATIONAL_NUMBER[s]} | `{s}` | {WORDS[s]} |" for s in State]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(diagram())
