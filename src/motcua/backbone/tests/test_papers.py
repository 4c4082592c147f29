"""Papers made of a text that somebody wrote."""

import tempfile
from pathlib import Path

import pytest
import typst

from motcua.backbone.pdf import render_pdf

PAPER = '#set document(title: "x")\n#set text(lang: "vi")\n'


@pytest.mark.parametrize("name", ["/etc/passwd", "../../../pdf.py", "pdf.py", "/../motcua.css"])
def test_a_text_reads_nothing_of_this_machine(name):
    with pytest.raises(typst.TypstError, match=r"not found|outside|access denied|escape"):
        render_pdf(f'{PAPER}#read("{name}")', {})


def test_a_paper_leaves_no_folder_behind_even_when_its_process_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert render_pdf(f"{PAPER}Chào bạn", {}).startswith(b"%PDF")
    assert list(Path(tmp_path).iterdir()) == []
