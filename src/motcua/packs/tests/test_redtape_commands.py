"""``motcua packs redtape`` and ``motcua packs cost``, as somebody types them."""

import csv
import io
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.folders import SHIPPED
from motcua.packs.tests.shipped import CODES

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOME = str(SHIPPED / "1.004222")


@pytest.fixture(autouse=True)
def _vietnamese_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")


def said(*words):
    out = StringIO()
    call_command("packs", *words, stdout=out)
    return out.getvalue()


def test_red_tape_is_told_with_file_line_and_cure():
    text = said("redtape", HOME, "--language", "en")
    assert "1.004222/procedure.yaml:18:5: middle: The State already holds" in text
    assert "Decree ending the showing of paper household books 104/2022/NĐ-CP, article 14" in text
    assert "1 packs, " in text


def test_commands_speak_the_terminal_s_language_unless_told_otherwise(monkeypatch):
    assert "hộ khẩu" in said("redtape", HOME).lower()
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "The State already holds" in said("redtape", HOME)
    assert "hộ khẩu" in said("redtape", HOME, "--language", "vi").lower()


def test_red_tape_for_programs_names_the_registry():
    found = json.loads(said("redtape", HOME, "--json"))
    (dwelling,) = [each for each in found if "chỗ ở hợp pháp" in each["message"]]
    assert dwelling["held_by"] == ["land.certificate"]
    assert dwelling["law"].endswith("điều khoản cần được xác nhận.")


def test_all_packs_add_up_with_their_inputs_printed():
    text = said("cost")
    assert "125.500.000 ₫ (2025, " in text
    assert "an hour: 59.422 ₫" in text
    assert "394.000 ₫" in text
    assert all(code in text for code in CODES)


def test_another_income_changes_the_sum():
    (row,) = csv.DictReader(
        io.StringIO(said("cost", "1.004222", "--csv", "--income", "211.200.000"))
    )
    assert row["before"] == str(10_000 + 25_000 + 25_000 + 2_000 + 115_000)
    assert row["subjects"] == ""
    assert "(--income)" in said("cost", HOME, "--income", "211200000")


def test_programs_read_every_input():
    (row,) = json.loads(said("cost", HOME, "--json", "--language", "en"))
    assert row["income_source"] == "2025, National Statistics Office, 5 January 2026"
    assert {line["from"] for line in row["lines"]} == {"default"}
    assert sum(line["before"] for line in row["lines"]) + row["fees"] == row["before"]


@pytest.mark.parametrize("income", ["0", "-5", "much", "1e9", "9999999999999"])
def test_an_income_that_is_none_is_refused(income):
    with pytest.raises(CommandError):
        said("cost", HOME, f"--income={income}")


@pytest.mark.django_db
def test_a_code_that_is_only_published_is_found_and_an_unknown_one_refused(tmp_path):
    with pytest.raises(CommandError, match="no pack of it is published"):
        said("redtape", "9.999999")
    folder = tmp_path / "9.000077"
    folder.mkdir()
    for path in (SHIPPED / "1.004222").rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(SHIPPED / "1.004222")
            target.parent.mkdir(exist_ok=True)
            target.write_text(path.read_text().replace('"1.004222"', '"9.000077"'))
    publish_folder(folder, by=Actor.system("test"), at=AT)
    assert "9.000077/procedure.papers.0: middle" in said("redtape", "9.000077")


def test_a_folder_with_errors_is_sent_to_lint_first(tmp_path):
    (tmp_path / "procedure.yaml").write_text("code: 1\n")
    with pytest.raises(CommandError, match="motcua packs lint"):
        said("cost", str(tmp_path))
