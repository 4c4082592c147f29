"""What a pack in the making calls itself."""

from collections.abc import Mapping

from motcua.kernel.scope import for_rooms
from motcua.packs.queries.folders import read_files

MAIN = "procedure.yaml"


@for_rooms
def named_in(files: Mapping[str, str], *, otherwise: tuple[str, str]) -> tuple[str, str]:
    """Return code and Vietnamese title that ``procedure.yaml`` gives, each else as before."""
    read = read_files({MAIN: files.get(MAIN, "")}).document.get("procedure")
    procedure = read if isinstance(read, dict) else {}
    title = procedure.get("title")
    found = procedure.get("code"), title.get("vi") if isinstance(title, dict) else None
    code, words = (
        each if isinstance(each, str) and each.strip() else before
        for each, before in zip(found, otherwise, strict=True)
    )
    return code[:40], words[:600]
