"""Papers of made-up dossiers: one small file for each name of a paper, shared by all of them."""

from collections.abc import Collection
from datetime import datetime

from motcua.backbone.pdf import render_pdf
from motcua.files.operations.keeping import keep_made
from motcua.kernel.actors import Actor
from motcua.packs.queries.packs import Pack

SHARED = "made-up dossiers"
"""What the files belong to; nobody owns them, and they are never swept."""

PAPER = """
#set document(title: "Bản chụp mẫu")
#set page(width: 148mm, height: 210mm, margin: 18mm)
#set text(font: "Libertinus Serif", lang: "vi", size: 11pt)
= Bản chụp mẫu
#v(8mm)
Giấy tờ của hồ sơ dựng sẵn để trình bày, không có giá trị pháp lý.
"""


def make_papers(packs: Collection[Pack], *, by: Actor, at: datetime) -> dict[str, str]:
    """
    Make a file for each name of a paper that packs ask for; return their ids by name.

    They say the same and differ by name alone: making each would take longer than the dossiers.
    """
    content = render_pdf(PAPER, {})

    def kept(name: str) -> str:
        file = f"{name}.pdf"
        return keep_made(
            content, file, "application/pdf", owner=by.id, to=SHARED, pages=1, by=by, at=at
        ).id

    return {name: kept(name) for name in sorted({x.name.vi for pack in packs for x in pack.papers})}
