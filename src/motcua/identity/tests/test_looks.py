import re
from datetime import timedelta

import pytest

from motcua.backbone.looks import record_look
from motcua.backbone.models import Entry, Look
from motcua.identity.operations.looks import NoSuchLook, question_look
from motcua.identity.queries.looks import looks
from motcua.identity.tests.conftest import EARLIER, MINISTRY
from motcua.kernel.actors import Actor, Role

LOOKED = "/du-lieu-cua-toi/ai-da-xem/"
NAM = Actor("nam", "Trần Hữu Nam", MINISTRY, frozenset({Role.SPECIALIST}))

pytestmark = pytest.mark.django_db


def look(person, number=0, by=NAM, reference=""):
    at = EARLIER + timedelta(hours=number)
    purpose = "Đối chiếu chủ hộ"
    record_look(person, "Dossier", purpose=purpose, by=by, at=at, reference=reference)


@pytest.fixture
def hers(client, enter, huong):
    enter("huong@example.vn")
    return client


def test_a_person_sees_who_looked_when_and_why(hers, huong, ministries):
    look(huong, reference="G03-260105-0001")
    page = hers.get(LOOKED).content.decode()
    assert "Trần Hữu Nam" in page
    assert "Bộ Tư pháp" in page
    assert "Đối chiếu chủ hộ" in page
    assert "G03-260105-0001" in page
    assert "thứ Hai 05/01/2026" in page


def test_looks_stand_under_what_they_belong_to(hers, huong, ministries):
    draft = "0199f3a2-0000-7000-8000-000000000000"
    for number, reference in enumerate((draft, f"exchange:{draft}", "Bộ Công an")):
        look(huong, number, reference=reference)
    page = hers.get(LOOKED).content.decode()
    headings = re.findall(r'<h3 class="mc-h4 mc-mt4">(.*?) <span', page)
    assert headings == [
        "Bộ Công an",
        "Hỏi qua trục chia sẻ dữ liệu giữa các cơ quan",
        "Một hồ sơ đang khai",
    ]


@pytest.mark.django_db(transaction=True)
def test_nobody_sees_looks_at_somebody_else(hers, quan, ministries):
    look(quan)
    assert "Trần Hữu Nam" not in hers.get(LOOKED).content.decode()
    theirs = Look.objects.get().pk
    assert hers.post(f"{LOOKED}{theirs}/hoi/").status_code == 404
    assert not Entry.objects.filter(name="identity.look-questioned").exists()


def test_a_look_is_questioned_once(hers, huong, ministries):
    look(huong)
    seen = Look.objects.get().pk
    for _ in range(2):
        assert hers.post(f"{LOOKED}{seen}/hoi/").url == LOOKED
    entry = Entry.objects.get(name="identity.look-questioned")
    assert (entry.subject, entry.facts["agency"]) == (huong, MINISTRY)
    page = hers.get(LOOKED).content.decode()
    assert f"{LOOKED}{seen}/hoi/" not in page


def test_a_look_that_never_was_cannot_be_questioned(huong):
    with pytest.raises(NoSuchLook):
        question_look(1, by=Actor(huong), at=EARLIER)


def test_long_lists_come_in_pages(hers, huong, ministries):
    for number in range(5):
        look(huong, number)
    me = Actor(huong)
    first = looks(by=me, limit=3)
    second = looks(by=me, limit=3, before=first.next)
    assert (len(first.looks), len(second.looks), second.next) == (3, 2, None)
    assert hers.get(LOOKED, {"truoc": str(first.next)}).status_code == 200
    assert hers.get(LOOKED, {"truoc": "x"}).status_code == 200


def test_a_look_of_an_agency_that_is_not_known_here_still_shows(hers, huong):
    look(huong, by=Actor("x", "Ai Đó", "999.99", frozenset()))
    look(huong, by=Actor.system("prefill"))
    page = hers.get(LOOKED).content.decode()
    assert "999.99" in page
    assert "Ai Đó" in page


def test_my_data_shows_what_is_kept(hers, huong, ministries):
    assert "046195000123" in hers.get("/du-lieu-cua-toi/").content.decode()
    look(huong)
    assert "Trần Hữu Nam" in hers.get("/du-lieu-cua-toi/").content.decode()


def test_my_data_is_for_me(client):
    for path in ("/du-lieu-cua-toi/", LOOKED):
        assert client.get(path).status_code == 302
    assert client.post(f"{LOOKED}1/hoi/").status_code == 302
