"""Answers taken away: by the applicant and the agency, in three ways, each taking written down."""

import csv
import io
import json

import pypdf
import pytest

from motcua.backbone.models import Look
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.counter import Counter, text_of
from motcua.forms.queries.forms import answers_schema
from motcua.forms.rules.schema import compiled

TAKEN = "Answers of a dossier, as a file"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def take(counter, who, code, ending):
    return counter.client(who).get(f"/ho-so/{code}/to-khai.{ending}/")


def test_a_document_fits_the_schema_of_the_version_it_names(counter):
    filed = counter.file()
    answer = take(counter, "lan", filed.code, "json")
    assert answer["Content-Type"] == "application/json"
    assert f'filename="to-khai-{filed.code}.json"' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    document = json.loads(answer.content)
    assert document["form"]["version"] == counter.definition.version
    assert document["answers"]["full_name"] == "Nguyễn Thị Lan"
    assert compiled(answers_schema(counter.definition.form)).is_valid(document["answers"])


def test_a_sheet_and_a_paper_say_the_same_and_name_the_version(counter):
    code, version = counter.file().code, counter.definition.version
    sheet = take(counter, "lan", code, "csv").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(sheet)))
    assert lines[0][-1] == "Phiên bản biểu mẫu"
    assert {line[-1] for line in lines[1:]} == {version}
    assert "Nguyễn Thị Lan" in {line[4] for line in lines}
    paper = take(counter, "clerk", code, "pdf")
    assert paper["Content-Type"] == "application/pdf"
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(paper.content)).pages)
    for said in (code, version, "Nguyễn Thị Lan", "Họ và tên"):
        assert said in text


@pytest.mark.parametrize("ending", ["json", "csv", "pdf"])
def test_what_an_official_takes_is_written_down_and_what_one_takes_oneself_is_not(counter, ending):
    code = counter.file().code
    assert take(counter, "lan", code, ending).status_code == 200
    assert not Look.objects.filter(reference=code, what=TAKEN).exists()
    assert take(counter, "specialist", code, ending).status_code == 200
    look = Look.objects.get(reference=code, what=TAKEN)
    assert (look.by_name, look.purpose) == ("Cán bộ specialist", "Processing the dossier")
    page = text_of(counter.client("lan").get(f"/ho-so/{code}/ai-da-xem/"))
    assert "Nội dung kê khai của hồ sơ, tải về" in page


@pytest.mark.parametrize("who", ["nam", "stranger"])
def test_others_get_nothing_and_nothing_is_written_down(counter, who):
    code = counter.file().code
    assert take(counter, who, code, "json").status_code == 404
    assert not Look.objects.filter(what=TAKEN).exists()


def test_there_is_no_fourth_way(counter):
    assert take(counter, "lan", counter.file().code, "xml").status_code == 404


@pytest.mark.parametrize(("who", "room"), [("lan", "ho-so"), ("clerk", "ban-lam-viec")])
def test_the_dossier_s_pages_lead_to_all_three(counter, who, room):
    code = counter.file().code
    page = counter.client(who).get(f"/{room}/{code}/").content.decode()
    for ending in ("json", "csv", "pdf"):
        assert f'href="/ho-so/{code}/to-khai.{ending}/"' in page


def test_answers_that_were_accepted_are_not_judged_again(counter):
    code = counter.file().code
    stored = Dossier.objects.get(code=code)
    stored.answers = {**stored.answers, "copies": 21}
    stored.save()
    assert json.loads(take(counter, "lan", code, "json").content)["answers"]["copies"] == 21
