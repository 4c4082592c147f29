"""Papers to print and keep: a Typst template and plain data make a PDF."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "static" / "motcua" / "fonts"


def render_pdf(
    template: Path | str, data: dict[str, Any], *, files: Mapping[str, str] | None = None
) -> bytes:
    """
    Return the PDF/UA of a Typst template.

    ``data`` is JSON that the template reads as ``json(bytes(sys.inputs.data))``: it is never
    part of the source, so nothing a person typed can be read as markup.

    :param template: path of a ``.typ`` file, or its source text; a text can read no file of this
        machine but the fonts that everybody is sent
    :param files: sources by name that a text may import
    :raises typst.TypstError: if the template cannot be made into a paper
    """
    import typst  # noqa: PLC0415 (large; many a process never makes a paper)

    source: Any = str(template)
    if not isinstance(template, Path):
        texts = {"main.typ": template, **(files or {})}
        source = {name: text.encode() for name, text in texts.items()}
    return typst.compile(
        source,
        root=None if isinstance(template, Path) else str(FONTS),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        pdf_standards=["ua-1"],
    )
