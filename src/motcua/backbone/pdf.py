"""Papers to print and keep: a Typst template and plain data make a PDF."""

import json
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).parent / "static" / "motcua" / "fonts"


def render_pdf(template: Path | str, data: dict[str, Any]) -> bytes:
    """
    Return the PDF/UA of a Typst template.

    ``data`` is JSON that the template reads as ``json(bytes(sys.inputs.data))``: it is never
    part of the source, so nothing a person typed can be read as markup.

    :param template: path of a ``.typ`` file, or its source text
    """
    source: Any = str(template) if isinstance(template, Path) else template.encode()
    return typst.compile(
        source,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(FONTS)],
        pdf_standards=["ua-1"],
    )
