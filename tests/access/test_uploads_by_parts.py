"""Where files are sent part by part: whose upload it is, from where, and what it takes."""

import pytest

from motcua.files.models.papers import Paper
from motcua.files.models.uploads import Upload
from tests.access.test_hostile_files import HTML, REFUSED, refusals

TUS = {"Tus-Resumable": "1.0.0"}
PARTS = "application/offset+octet-stream"


def patch(browser, path, data, offset=0, **headers):
    headers = {**TUS, "Upload-Offset": str(offset), **headers}
    return browser.patch(path, data, content_type=PARTS, headers=headers)


@pytest.fixture
def path(world):
    return "/tep/gui/{upload_id}/".format(**world.things)


@pytest.mark.parametrize("who", ["nobody", "nam", "clerk", "stranger", "administrator"])
def test_nobody_else_sees_or_touches_an_upload(world, path, who):
    browser, before = world.client(who), world.everything()
    answers = [browser.head(path, headers=TUS), patch(browser, path, b"x")]
    answers.append(browser.delete(path, headers=TUS))
    assert {each.status_code for each in answers} <= {401, 404}
    assert world.everything() == before


def test_another_site_can_neither_send_nor_give_up(world, path):
    browser, before = world.client("lan", enforce_csrf_checks=True), world.everything()
    override = {**TUS, "X-HTTP-Method-Override": "DELETE"}
    answers = [
        browser.post("/tep/gui/", headers={**TUS, "Upload-Length": "10"}),
        patch(browser, path, b"x"),
        browser.delete(path, headers=TUS),
        browser.post(path, headers=override),
    ]
    assert {each.status_code for each in answers} == {403}
    assert browser.get(path, headers=override).status_code == 405
    assert world.everything() == before


def test_our_own_page_sends_with_its_token(world, path):
    browser = world.client("lan", enforce_csrf_checks=True)
    browser.get("/khai/{draft}/giay-to/".format(**world.things))
    token = browser.cookies["csrftoken"].value
    answer = patch(browser, path, b"12345", **{"X-CSRFToken": token})
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "5")


@pytest.mark.parametrize("kind", [kind for kind in REFUSED if kind != "nothing"])
def test_a_harmful_file_that_comes_by_parts_is_refused_and_written_down(world, kind):
    _name, content = REFUSED[kind]
    browser, kept, noted = world.client("lan"), Paper.objects.count(), refusals()
    begun = browser.post("/tep/gui/", headers={**TUS, "Upload-Length": str(len(content))})
    half = len(content) // 2
    assert patch(browser, begun["Location"], content[:half]).status_code == 204
    answer = patch(browser, begun["Location"], content[half:], half)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert HTML not in answer.content
    assert Paper.objects.count() == kept
    assert refusals() == noted + 1


def test_another_s_upload_or_file_cannot_be_put_under_one_s_own_paper(world):
    lan, draft = world.client("lan"), "/khai/{draft}/giay-to/".format(**world.things)
    his = world.client("nam").post("/tep/gui/", headers={**TUS, "Upload-Length": "10"})
    assert his.status_code == 201
    theirs = [str(Upload.objects.latest("pk").pk), world.things["upload_id"], "x", "../tep"]
    before = world.everything()
    for file in theirs:
        answer = lan.post(draft, {"paper": "proof", "files": file})
        assert answer.status_code == 422
    assert world.everything() == before
