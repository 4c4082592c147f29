"""My dossiers in lists: what waits for me, is under way, is over, what I do for others."""

import pytest

from motcua.backbone.formats import moment
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lines import waited_until
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.linked import PACKS, file_all
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

TODO, GOING, OVER, OTHERS = (
    f"/ho-so/?xem={name}" for name in ("todo", "under-way", "finished", "others")
)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def test_each_dossier_stands_in_the_list_where_it_belongs(counter):
    codes = {name: counter.file().code for name in ("asked", "going", "refused")}
    codes["owes"] = counter.file(copies=2).code
    counter.walk(codes["asked"], Step.ACCEPT, Step.ASK_SUPPLEMENT)
    counter.walk(codes["refused"], Step.REFUSE)
    client = counter.client("lan")
    for address, inside in ((TODO, {"asked", "owes"}), (GOING, {"going"}), (OVER, {"refused"})):
        page = client.get(address)
        check_shape(page)
        shown = {name for name, code in codes.items() if code in page.content.decode()}
        assert shown == inside, address


def test_the_list_says_until_when_a_dossier_waits_for_its_owner(counter):
    asked, going = counter.file().code, counter.file().code
    counter.walk(asked, Step.ASK_SUPPLEMENT)
    lan, nam = counter.actor("lan"), counter.actor("nam")
    until = Dossier.objects.get(code=asked).wait_until
    assert waited_until([asked, going], by=lan) == {asked: until}
    assert waited_until([asked], by=nam) == {}
    page = counter.client("lan").get("/ho-so/")
    check_shape(page)
    assert f"trước {moment(until)}" in text_of(page)


def test_whose_dossier_came_to_nothing_is_led_to_filing_again(counter):
    code, client = counter.file().code, counter.client("lan")
    again = "/nop/9.000001/"
    assert again not in client.get(f"/ho-so/{code}/").content.decode()
    counter.walk(code, Step.REFUSE)
    page = client.get(f"/ho-so/{code}/")
    check_shape(page)
    assert again in page.content.decode()
    assert client.get(again).status_code == 200


def test_what_one_does_for_somebody_stands_apart_and_names_them(counter):
    code = counter.file().code
    nam = counter.actor("nam")
    Dossier.objects.filter(code=code).update(agent=nam.id)
    client = counter.client("nam")
    assert code not in client.get("/ho-so/").content.decode()
    page = client.get(OTHERS)
    check_shape(page)
    assert "Nguyễn Thị Lan" in text_of(page)
    assert code not in counter.client("lan").get(OTHERS).content.decode()


@pytest.mark.parametrize("address", [TODO, GOING, OVER, OTHERS, "/ho-so/?tim=khong+co"])
def test_an_empty_list_says_what_would_stand_there(counter, address):
    page = counter.client("lan").get(address)
    check_shape(page)
    assert "mc-empty" in page.content.decode()


def test_a_dossier_is_found_by_words_of_its_title_and_its_code_only_by_its_owner(counter):
    code = counter.file().code
    title = Dossier.objects.get(code=code).title
    word = title.split()[1]
    for looked in (code, code.lower(), title, f"{word} lan"):
        page = counter.client("lan").get("/ho-so/", {"tim": looked})
        check_shape(page)
        assert code in page.content.decode(), looked
        assert (
            f"/ho-so/{code}/"
            not in counter.client("nam").get("/ho-so/", {"tim": looked}).content.decode()
        )
    for looked in ("zzz", "%", "' OR 1=1 --", "<b>"):
        page = counter.client("lan").get("/ho-so/", {"tim": looked})
        check_shape(page)
    assert f"/ho-so/{code}/" not in counter.client("lan").get("/ho-so/?tim=zzz").content.decode()


def test_pages_keep_tab_and_words(counter, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.mine.PAGE", 1)
    counter.file()
    counter.file()
    page = counter.client("lan").get("/ho-so/?xem=under-way&tim=lan").content.decode()
    assert "xem=under-way&amp;tim=lan&amp;truoc=" in page


def test_the_list_takes_six_statements(counter, django_assert_max_num_queries):
    version = publish_folder(PACKS / "9.000010", by=counter.actor("lan"), at=MONDAY).version
    file_all(pack(version), by=counter.actor("lan"), at=MONDAY)
    client = counter.client("lan")
    client.get("/ho-so/")
    with django_assert_max_num_queries(9):
        client.get("/ho-so/")
    with django_assert_max_num_queries(6):
        client.get(GOING)
