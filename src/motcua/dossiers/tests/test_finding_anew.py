"""Dossiers filed before a pack's searchable fields changed are found by them after a reindex."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.finding import find_anew
from motcua.dossiers.queries.desk import worklist
from motcua.dossiers.queries.desk_views import Wanted
from motcua.dossiers.tests.conftest import CLERK, MONDAY, SYSTEM
from motcua.packs.operations.publishing import publish_folder


def find(text):
    return [x.line.code for x in worklist(Wanted(text=text), by=CLERK, at=MONDAY)]


def said(*arguments):
    out = StringIO()
    call_command("dossiers", "reindex", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def test_what_was_lost_is_made_again_and_nothing_else_is_written(file):
    codes = [file(reference=str(number)).code for number in range(5)]
    Dossier.objects.filter(code__in=codes[:2]).update(sought="")
    assert find("nguyen") == codes[2:]
    versions = list(Dossier.objects.order_by("pk").values_list("version", flat=True))
    assert "5 dossiers looked at, 2 changed" in said("--batch", "2")
    assert find("nguyen") == codes
    assert "5 dossiers looked at, 0 changed" in said()
    assert list(Dossier.objects.order_by("pk").values_list("version", flat=True)) == versions


def test_it_goes_on_where_it_was_stopped(file):
    for number in range(4):
        file(reference=str(number))
    Dossier.objects.update(sought="")
    first = find_anew(batch=3, on=MONDAY.date())
    assert (first.count, first.changed) == (3, 3)
    assert "1 dossiers looked at, 1 changed" in said("--after", str(first.last))
    assert not Dossier.objects.filter(sought="").exists()


def test_only_one_procedure_may_be_asked_for(file):
    file()
    Dossier.objects.update(sought="")
    assert "0 dossiers looked at" in said("--procedure", "1.999999")
    assert "1 dossiers looked at, 1 changed" in said("--procedure", "9.000001")


def test_a_dossier_is_found_by_what_a_later_version_marks(file, tmp_path):
    code = file(copies=17).code
    folder = tmp_path / "9.000001"
    shutil.copytree(Path(__file__).parent / "packs" / "9.000001", folder)
    form = folder / "form.yaml"
    text = form.read_text()
    assert "id: copies" in text
    form.write_text(text.replace("id: copies", "id: copies\n            searchable: true", 1))
    publish_folder(folder, by=SYSTEM, at=MONDAY)
    assert find("17") == []
    said()
    assert find("17") == [code]
