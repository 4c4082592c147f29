"""``motcua packs`` as people meet it."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from motcua.backbone.tests.reading import Page, check_frame
from motcua.packs.queries.folders import SHIPPED
from motcua.packs.queries.previewing import PREVIEWED

CODE = "1.001193"


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def told(capsys, *arguments):
    try:
        call_command("packs", *map(str, arguments))
        right = True
    except CommandError:
        right = False
    return right, capsys.readouterr().out


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(SHIPPED / CODE, tmp_path / CODE)
    return tmp_path / CODE


def test_a_new_pack_has_nothing_wrong_but_what_is_left_to_be_written(capsys, tmp_path):
    assert told(capsys, "new", "1.009999", "--title", 'Cấp "thử"', "--to", tmp_path)[0]
    right, said = told(capsys, "lint", tmp_path / "1.009999", "--json")
    assert not right
    assert {each["rule"] for each in json.loads(said)} == {"todo"}
    right, said = told(capsys, "test", tmp_path / "1.009999")
    assert right
    assert "2 examples, 0 not as they say" in said
    assert not told(capsys, "new", "1.009999", "--to", tmp_path)[0]
    assert not told(capsys, "new", "birth", "--to", tmp_path)[0]


def test_lint_says_where_and_test_says_what_differs(capsys, folder):
    path = folder / "procedure.yaml"
    path.write_text(path.read_text().replace("amount: 8000", "amount: 9000"))
    right, said = told(capsys, "lint", folder)
    assert not right
    assert "valid-mother-with-certificate.json:4:10: error: Expected: 24000. Found: 27000" in said
    right, said = told(capsys, "test", folder, "--language", "vi")
    assert not right
    assert "✗ 1.001193 valid-mother-with-certificate.json" in said
    assert "Mong đợi: 24000. Thực tế: 27000" in said
    path.write_text("nothing: here")
    assert "it has errors" in told(capsys, "test", folder)[1]
    assert not told(capsys, "lint", folder.parent / "nowhere")[0]


def test_what_keeps_an_example_from_passing_is_said_in_the_language_asked_for(capsys, folder):
    path = folder / "examples" / "valid-mother-with-certificate.json"
    path.write_text(path.read_text().replace('"copies"', '"coppies"'))
    said = told(capsys, "test", folder, "--language", "en")[1]
    assert "This valid example has a problem: This form does not ask" in said
    said = told(capsys, "test", folder, "--language", "vi")[1]
    assert "Ví dụ hợp lệ này có lỗi: Biểu mẫu này không hỏi" in said


@pytest.mark.django_db
def test_a_changed_folder_is_compared_with_what_is_published(monkeypatch, capsys, folder):
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert not told(capsys, "diff", CODE)[0]
    right, said = told(capsys, "publish", SHIPPED / CODE)
    version = said.split()[0]
    assert right
    assert said.endswith(" published\n")
    path = folder / "procedure.yaml"
    path.write_text(path.read_text().replace("amount: 8000", "amount: 10000"))
    line = "Mức thu: 8.000 đồng → 10.000 đồng"
    assert line in told(capsys, "diff", folder)[1]
    assert "10.000 đồng → 8.000 đồng" in told(capsys, "diff", folder, version)[1]
    assert line.replace("Mức", "**") not in told(capsys, "diff", folder, "--markdown")[1]
    assert "<li><b>" in told(capsys, "diff", folder, "--html")[1]
    assert "8,000 VND → 10,000 VND" in told(capsys, "diff", folder, "--language", "en")[1]
    assert not told(capsys, "publish", folder)[0]
    path.write_text("nothing: here")
    assert not told(capsys, "diff", folder)[0]


@pytest.mark.django_db
def test_a_version_is_exported_once_into_a_folder(capsys, tmp_path):
    assert not told(capsys, "export", CODE, "--to", tmp_path)[0]
    told(capsys, "publish", SHIPPED / CODE)
    assert told(capsys, "export", CODE, "--to", tmp_path)[0]
    assert (tmp_path / CODE / "workflow.yaml").is_file()
    assert not told(capsys, "export", CODE, "--to", tmp_path)[0]
    assert not told(capsys, "preview", tmp_path)[0]


@pytest.fixture
def previewed(folder, settings, client, provinces):
    settings.ROOT_URLCONF = "motcua.packs.tests.preview_urls"
    PREVIEWED["folder"] = str(folder)
    return client


def test_the_preview_draws_the_files_as_they_are_and_what_answers_come_to(previewed, folder):
    page = previewed.get("/?vi-du=valid-mother-with-certificate.json&buoc=requester")
    check_frame(Page(page.content.decode()))
    assert "24.000 đồng" in page.content.decode()
    assert "Giấy chứng sinh" in page.content.decode()
    form = folder / "form.yaml"
    form.write_text(form.read_text().replace("Người yêu cầu và kết quả", "Trang cuối"))
    assert "Trang cuối" in previewed.get("/?buoc=requester").content.decode()


def test_the_preview_keeps_answers_from_page_to_page_and_names_problems(previewed):
    sent = {"preview-step": "case", "preview-answers": '{"copies": 2}', "relation": "mother"}
    page = previewed.post("/", {**sent, "go": "child"}).content.decode()
    assert "16.000 đồng" in page
    assert "Thông tin của trẻ" in page
    checked = previewed.post("/", {**sent, "check": "1"}).content.decode()
    assert "mc-errors" in checked
    assert previewed.post("/", {**sent, "preview-answers": "["}).status_code == 200
    assert previewed.get("/dien-thoai/").status_code == 200


def test_the_preview_of_files_with_errors_says_them(previewed, folder):
    (folder / "form.yaml").write_text("steps: [")
    page = previewed.get("/")
    assert page.status_code == 422
    assert "form.yaml:" in page.content.decode()


@pytest.mark.django_db
def test_the_schema_of_packs_is_published_for_everybody(client):
    page = client.get("/goi-dich-vu/pack.schema.json")
    assert page.json()["$defs"]["procedure"]
    assert "public" in page["Cache-Control"]
    assert page["Access-Control-Allow-Origin"] == "*"
