"""Papers to print and keep: a Typst template and plain data make a PDF."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "static" / "motcua" / "fonts"

APART = "it => it.text.clusters().map(box).join()"
"""A word that may go on in the next line after each letter; read from the PDF, it is whole."""

LONG_WORDS = (
    rf'#show regex("\S{{30,}}|[\p{{L}}\p{{M}}\p{{N}}]{{20,}}"): {APART};'
    rf'#show table.cell: it => {{ show regex("\S{{18,}}|[\p{{L}}\p{{M}}]{{10,}}"): {APART}; it }};'
)
"""
Before each template: what has no place to break would run off its sheet, or over the next cell.

A table has narrow columns, so less is long there; numbers of 17 digits are whole in both.
"""


def render_pdf(
    template: Path | str, data: dict[str, Any], *, files: Mapping[str, str] | None = None
) -> bytes:
    """
    Return the PDF/UA of a Typst template.

    ``data`` is JSON that the template reads as ``json(bytes(sys.inputs.data))``: it is never
    part of the source, so nothing a person typed can be read as markup. Words too long for a line
    go on in the next.

    :param template: path of a ``.typ`` file, which may import those beside it, or its source
        text; it can read no file of this machine but the fonts that everybody is sent
    :param files: sources by name that a text may import
    :raises typst.TypstError: if the template cannot be made into a paper
    """
    import typst  # noqa: PLC0415 (large; many a process never makes a paper)

    if isinstance(template, Path):
        files = {each.name: each.read_text() for each in template.parent.glob("*.typ")}
        template = files[template.name]
    texts = {**(files or {}), "main.typ": LONG_WORDS + template}
    source: Any = {name: text.encode() for name, text in texts.items()}
    return typst.compile(
        source,
        root=str(FONTS),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        pdf_standards=["ua-1"],
    )
