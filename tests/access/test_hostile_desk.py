"""The desk under attack: evil words in every box, forged ids in every hidden field, ended posts."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from motcua.agencies.operations.posts import end_post
from motcua.agencies.queries.posts import posts_held
from motcua.dossiers.jobs import do_bulk
from motcua.dossiers.models import Bulk, Dossier, HandOverItem, Mark, Note, Opinion, Question
from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.remarks import mark_paper
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.remarks import Box
from motcua.dossiers.tests.conftest import MONDAY, OTHER, PDF, SYSTEM, a_file
from tests.access.deeds import an_opinion, brought_to_the_counter, come_to, people

EVIL = "\"'><svg onload=alert(1)>{{7*7}}${7*7}</textarea><script>alert(1)</script>"
STRANGE = "an\u202egpj.exe\u2066\u0000\x01\x1b[31m\u200b\ufeff"
LONG = "x" * 50_000
PATH = "../../../../etc/passwd\\..\\..\\win.ini"
HARM = ("<svg onload", "<script>alert", "\u0000")
DESK = "/ban-lam-viec/"
FORMS = {
    "{code}/ghi-chu/": ("loi",),
    "{code}/kiem-tra/": ("giay", "ket-luan", "da-xem", "loi"),
    "{code}/danh-dau/{file}/": ("loi", "trai", "tren", "rong", "cao", "trang", "xoa"),
    "{code}/giao/": ("nguoi", "viec", "seen", "dang-giu"),
    "{code}/tu-choi/": ("reason", "seen"),
    "{code}/yeu-cau-bo-sung/": ("reason", "papers", "fields", "seen"),
    "{code}/yeu-cau-nop-phi/": ("reason", "fee-1", "amount-1", "legal-1", "seen"),
    "{code}/chuyen-co-quan/": ("reason", "agency", "find-text", "seen"),
    "{code}/hen-lai/": ("reason", "to-day", "to-month", "to-year", "to-time", "seen"),
    "{code}/hoi/": ("question", "text"),
    "{code}/tra-giay-to/": ("way", "to_whom", "document", "tracking", "address", "seen"),
    "{code}/nhan-bo-sung/": ("send", "shown", "full_name", "note", "document", "proof", "seen"),
    "hang-loat/": ("viec", "hs", "ds", "tat-ca"),
    "hang-loat/bat-dau/": ("viec", "hs", "ds", "khoa", "nguoi"),
    "hang-loat/{run}/": ("hoan-tac", "khoa"),
    "ban-giao/": ("hs", "nguoi"),
    "khung-nhin/": ("ten", "hoi"),
    "quay/moi/9.000001/": ("who", "document", "channel", "name", "number", "tracking"),
}
"""Each form of the desk that a clerk can send, and what it holds."""


@pytest.fixture
def clerk(world):
    people(world)
    return world.client("clerk")


def test_a_nul_in_a_field_is_refused_however_the_form_is_sent(world, clerk):
    path = f"{DESK}{world.things['code']}/ghi-chu/"
    plain = {"content_type": "application/x-www-form-urlencoded"}
    scan = SimpleUploadedFile("giay.pdf", PDF + b"\0", "application/pdf")
    for sent in (
        clerk.post(path, {"loi": "a\0b"}),
        clerk.post(path, {"loi\0": "a"}),
        clerk.post(path, {"loi": "a\0b", "file": scan}),
        clerk.post(path, "loi=a%00b", **plain),
    ):
        assert sent.status_code == 422
        assert "NUL" in sent.content.decode()
    assert not Note.objects.exists()
    assert clerk.post(path, {"loi": "Đã gọi", "file": scan}).status_code == 302


def harmless(answer):
    text = answer.content.decode(errors="replace")
    return answer.status_code < 500 and not any(harm in text for harm in HARM)


@pytest.mark.parametrize("form", FORMS)
def test_any_text_in_every_box_of_the_desk_breaks_nothing_and_is_shown_as_text(world, clerk, form):
    named = {"hang-loat/bat-dau/": {"viec": "accept"}, "hang-loat/": {"viec": "accept"}}
    path = DESK + form.format(**world.things)
    for value in (EVIL, STRANGE, LONG, PATH):
        for fields in (FORMS[form], FORMS[form][1:]):
            sent = dict.fromkeys(fields, value) | named.get(form, {})
            assert harmless(clerk.post(path, sent, follow=True)), (fields, value[:20])
    for page in ("", f"{world.things['code']}/", "hang-loat/", "ban-giao/", "khung-nhin/"):
        assert harmless(clerk.get(DESK + page)), page


def test_what_is_noted_is_words_to_all_colleagues(world, clerk):
    code = come_to(world, Step.ACCEPT)
    for words in (EVIL, f"Đã gọi {STRANGE}".replace("\0", ""), PATH):
        clerk.post(f"{DESK}{code}/ghi-chu/", {"loi": words})
        clerk.post(f"{DESK}{code}/kiem-tra/", {"giay": "proof", "ket-luan": "wrong", "loi": words})
        for who in ("clerk", "specialist", "leader"):
            assert harmless(world.client(who).get(f"{DESK}{code}/"))
    assert Note.objects.filter(dossier__code=code).count() == 3


def test_a_scan_at_the_counter_is_called_by_a_plain_name(world, clerk):
    tried = brought_to_the_counter(world)
    path = f"{DESK}{tried.things['code']}/nhan-bo-sung/"
    for name in (f"{EVIL}.pdf", "../../../etc/cron.d/x.pdf", f"{STRANGE}.pdf", "é" * 900):
        scan = SimpleUploadedFile("giay.pdf", PDF, "application/pdf")
        scan.name = name  # as no browser says it
        form = {key: value for key, value in tried.form.items() if key != "send"}
        assert clerk.post(path, form | {"file-proof": scan, "keep": "1"}).status_code < 500
        page = clerk.get(path)
        assert harmless(page)
        assert "etc/cron" not in page.content.decode()
        assert "\u202e" not in page.content.decode()


def forged(world):
    """A second dossier of the ward, one next door, and what hangs on each."""
    first, second = come_to(world, Step.ACCEPT, Step.FORWARD), come_to(world, Step.ACCEPT)
    away = come_to(world, Step.ACCEPT)
    lan, clerk = world.counter.actor("lan"), world.counter.actor("clerk")
    file = Dossier.objects.get(code=second).papers["proof"][0]
    mark = mark_paper(second, file, Box(), "Mờ", by=clerk, at=MONDAY)
    question = ask(second, "Bao giờ tôi có kết quả?", by=lan, at=MONDAY)
    Dossier.objects.filter(code=away).update(agency=OTHER)
    return first, second, away, {"file": file, "mark": mark, "question": question}


def test_an_id_of_another_dossier_does_nothing_under_this_one(world, clerk):
    first, second, _away, ids = forged(world)
    marked = clerk.post(f"{DESK}{first}/danh-dau/{ids['file']}/", {"loi": "Mờ"})
    own = Dossier.objects.get(code=first).papers["proof"][0]
    gone = clerk.post(f"{DESK}{first}/danh-dau/{own}/", {"xoa": ids["mark"]})
    answered = clerk.post(
        f"{DESK}{first}/hoi/", {"question": ids["question"], "text": "Ngày mai sẽ có kết quả."}
    )
    assert {marked.status_code, gone.status_code, answered.status_code} <= {404, 409, 422}
    assert [mark.dossier.code for mark in Mark.objects.filter(file=ids["file"])] == [second]
    assert Question.objects.get(pk=ids["question"]).answered_at is None
    asked = an_opinion(world).things["opinion"]
    world.client("specialist").post(f"{DESK}{first}/y-kien/{asked}/rut/")
    assert not Opinion.objects.filter(dossier__code=first).exists()


def test_a_scan_that_is_not_the_clerk_s_own_is_not_handed_in(world, clerk):
    tried = brought_to_the_counter(world)
    code = tried.things["code"]
    theirs = a_file(world.counter.actor("nam"))
    for file in (theirs, world.things["file"], str(uuid4()), "x", EVIL):
        typed = tried.form | {"file-proof": file, "lacking": "full_name"}
        typed["seen"] = Dossier.objects.get(code=code).version
        clerk.post(f"{DESK}{code}/nhan-bo-sung/", typed)
        held = Dossier.objects.get(code=code)
        assert file not in [*held.papers["proof"], *(held.asked or {}).get("given", {})]


@pytest.mark.parametrize("what", ["accept", "forward", "assign"])
def test_many_hold_no_dossier_of_another_agency_nor_go_to_anybody_outside(world, clerk, what):
    first, second, away, _ids = forged(world)
    outside = [world.counter.actor(name).id for name in ("stranger", "nam", "lan")]
    before = Dossier.objects.filter(code=away).values().get()
    for who in (*outside, EVIL, "system:clock", str(uuid4())):
        typed = {"viec": what, "hs": [first, second, away, EVIL, ""], "nguoi": who}
        typed |= {"khoa": str(uuid4()), "ds": f"pham-vi=tat-ca&co-quan={OTHER}"}
        begun = clerk.post(f"{DESK}hang-loat/bat-dau/", typed)
        assert begun.status_code in {302, 422}, who
        for run in Bulk.objects.filter(items__state="waiting").distinct():
            assert not run.items.filter(dossier__code=away).exists()
            do_bulk(run.pk)
    assert Dossier.objects.filter(code=away).values().get() == before
    assert not Dossier.objects.filter(holder__in=outside).exists()
    assert away not in clerk.get(f"{DESK}hang-loat/").content.decode()


def test_the_whole_list_is_that_of_one_s_own_agency_whatever_the_list_is_called(world, clerk):
    _first, _second, away, _ids = forged(world)
    for view in ("", EVIL, f"tim={away}&trong=tat-ca", "cua=all&xem=all&trong=tat-ca", "xem=%00"):
        typed = {"viec": "accept", "tat-ca": "1", "ds": view}
        shown = clerk.post(f"{DESK}hang-loat/", typed, follow=True)
        assert harmless(shown)
        assert f'name="hs" value="{away}"' not in shown.content.decode()


def test_a_list_takes_in_only_what_is_the_agency_s_and_goes_to_colleagues_only(world, clerk):
    first, _second, away, _ids = forged(world)
    for who in (world.counter.actor("stranger").id, world.counter.actor("nam").id, EVIL):
        clerk.post(f"{DESK}ban-giao/", {"hs": [first, away], "nguoi": who})
        assert not HandOverItem.objects.filter(dossier__code__in=[first, away]).exists()
    clerk.post(f"{DESK}ban-giao/", {"hs": [first, away], "nguoi": ""})
    assert not HandOverItem.objects.filter(dossier__code=away).exists()


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999999", "1e3", "١", "%00", "x"])
def test_a_number_that_is_none_is_no_run_no_list_and_no_view(world, clerk, number):
    before = world.everything()
    for place in ("hang-loat/{}/", "hang-loat/{}/tien-do/", "ban-giao/{}/", "khung-nhin/{}/"):
        path = DESK + place.format(number)
        assert clerk.get(path).status_code in {404, 405, 422}, path
        assert clerk.post(path, {"hoan-tac": "1", "xoa": "1"}).status_code < 500, path
    assert world.everything() == before


def test_whose_post_ended_sends_no_form_of_the_desk(world, clerk):
    actor = world.counter.actor("clerk")
    end_post(posts_held(actor.id, at=now())[0].id, by=SYSTEM, at=now())
    cache.clear()  # each process remembers posts for half a minute
    before = world.everything()
    for form, fields in FORMS.items():
        sent = dict.fromkeys(fields, "1")
        assert clerk.post(DESK + form.format(**world.things), sent).status_code == 403, form
    assert world.everything() == before
