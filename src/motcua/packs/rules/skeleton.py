"""A new pack: every part of the format once, with what is to be written marked TODO."""

from pathlib import Path

SKELETON = Path(__file__).parent.parent / "data" / "skeleton"


def skeleton(code: str, *, title: str, day: str) -> dict[str, str]:
    """Return the files of a new pack, valid from ``day`` (ISO)."""
    safe = title.replace("\\", "\\\\").replace('"', '\\"')
    said = {'"CODE"': f'"{code}"', '"TITLE"': f'"{safe}"', "DAY": day}
    files = {}
    for path in sorted(SKELETON.rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        for word, value in said.items():
            text = text.replace(word, value)
        files[path.relative_to(SKELETON).as_posix()] = text
    return files
