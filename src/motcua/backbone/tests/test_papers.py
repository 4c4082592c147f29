"""Papers made of a text that somebody wrote."""

import tempfile
from pathlib import Path

import pytest
import typst
from pypdfium2 import PdfDocument

from motcua.backbone.pdf import render_pdf
from motcua.backbone.tests.sheets import letters_of

PAPER = '#set document(title: "x")\n#set text(lang: "vi")\n'


@pytest.mark.parametrize("name", ["/etc/passwd", "../../../pdf.py", "pdf.py", "/../motcua.css"])
def test_a_text_reads_nothing_of_this_machine(name):
    with pytest.raises(typst.TypstError, match=r"not found|outside|access denied|escape"):
        render_pdf(f'{PAPER}#read("{name}")', {})


def test_a_paper_leaves_no_folder_behind_even_when_its_process_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert render_pdf(f"{PAPER}Chào bạn", {}).startswith(b"%PDF")
    assert list(Path(tmp_path).iterdir()) == []


@pytest.mark.parametrize(
    "word", ["Nghiêngngả" * 60, "." * 700, "-" * 700, "0" * 700, "h.v/?@" * 80]
)
@pytest.mark.parametrize("place", ["#{}", "*#{}*", "#table(columns: 3, [a], [#{}], [c])"])
def test_a_word_longer_than_a_line_goes_on_in_the_next(word, place):
    source = PAPER + place.replace("{}", "json(bytes(sys.inputs.data)).word")
    assert word in letters_of(render_pdf(source, {"word": word}))


def test_words_are_broken_only_where_they_have_to_be():
    """A code or a number that has its place in the next line is not torn."""
    code, number = "000.00.61.H26-261102-0001", "001190001234"
    source = PAPER + "#set page(width: 9cm)\n#json(bytes(sys.inputs.data)).words"
    words = [code, number, "responsibility"]
    for _ in range(3):
        words = [*words[1:], words[0]]
        with PdfDocument(render_pdf(source, {"words": " ".join(words * 9)})) as made:
            lines = made[0].get_textpage().get_text_range().splitlines()
        assert {each for line in lines for each in line.split()} == set(words)
