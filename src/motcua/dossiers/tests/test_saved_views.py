"""Views that officials keep: by a name, in their order, one to open first; nobody else's."""

import pytest

from motcua.dossiers.operations.saved_views import (
    MOST,
    NameNeeded,
    NameTaken,
    NoSuchView,
    OfficialsKeepViews,
    TooManyViews,
    delete_view,
    keep_view,
    move_view,
    open_first,
    rename_view,
)
from motcua.dossiers.queries.saved_views import saved_views
from motcua.dossiers.tests.conftest import CLERK, LAN, LEADER, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of

DESK = "/ban-lam-viec/"
pytestmark = pytest.mark.django_db


def names(by=CLERK):
    return [each.name for each in saved_views(by=by)]


def test_views_are_kept_in_order_and_moved():
    one, two, three = (keep_view(name, "xem=new", by=CLERK) for name in ("Một", "Hai", "Ba"))
    assert names() == ["Một", "Hai", "Ba"]
    move_view(three, up=True, by=CLERK)
    move_view(one, up=True, by=CLERK)
    assert names() == ["Một", "Ba", "Hai"]
    move_view(one, up=False, by=CLERK)
    assert names() == ["Ba", "Một", "Hai"]
    assert delete_view(two, by=CLERK) == "Hai"
    assert names() == ["Ba", "Một"]


def test_one_view_opens_first_or_none():
    one, two = keep_view("Một", "", by=CLERK), keep_view("Hai", "", by=CLERK)
    for chosen in (one, two, None):
        open_first(chosen, by=CLERK)
        assert [each.id for each in saved_views(by=CLERK) if each.first] == (
            [chosen] if chosen else []
        )


def test_a_name_is_needed_and_taken_once():
    one = keep_view("  Gấp   hôm nay ", "xem=today", by=CLERK)
    assert names() == ["Gấp hôm nay"]
    for wrong in ("", "  ", "x" * 61):
        with refused(NameNeeded):
            keep_view(wrong, "", by=CLERK)
    with refused(NameTaken):
        keep_view("Gấp hôm nay", "", by=CLERK)
    two = keep_view("Khác", "", by=CLERK)
    with refused(NameTaken):
        rename_view(two, "Gấp hôm nay", by=CLERK)
    rename_view(one, "Gấp hôm nay", by=CLERK)
    rename_view(two, "Mới", by=CLERK)
    assert names() == ["Gấp hôm nay", "Mới"]


def test_nobody_touches_anothers_views():
    theirs = keep_view("Một", "", by=LEADER)
    assert names(CLERK) == []
    assert saved_views(by=LAN) == ()
    with refused(NoSuchView):
        delete_view(theirs, by=CLERK)
    with refused(NoSuchView):
        open_first(theirs, by=CLERK)
    with refused(OfficialsKeepViews):
        keep_view("Một", "", by=LAN)


def test_there_is_an_end_to_how_many_are_kept():
    for n in range(MOST):
        keep_view(f"Khung {n}", "", by=CLERK)
    with refused(TooManyViews):
        keep_view("Một nữa", "", by=CLERK)


def test_views_by_their_pages(definition):
    clerk = Counter(definition).open().client("clerk")
    check_shape(clerk.get(f"{DESK}khung-nhin/"))
    check_shape(clerk.get(f"{DESK}khung-nhin/", {"hoi": "xem=late&kenh=2"}))
    bad = clerk.post(f"{DESK}khung-nhin/", {"ten": " ", "hoi": "xem=late"})
    assert bad.status_code == 422
    kept = clerk.post(f"{DESK}khung-nhin/", {"ten": "Trễ", "hoi": "xem=late&kenh=2&la=1"})
    assert kept["Location"] == f"{DESK}?xem=late&kenh=2"
    page = clerk.get(f"{DESK}khung-nhin/")
    check_shape(page)
    address = page.content.decode().split('action="/ban-lam-viec/khung-nhin/')[1].split('"')[0]
    change = f"{DESK}khung-nhin/{address}"
    clerk.post(change, {"viec": "mo-dau"})
    assert clerk.get(DESK)["Location"] == f"{DESK}?xem=late&kenh=2"
    clerk.post(change, {"viec": "thoi"})
    clerk.post(change, {"viec": "ten", "ten": "Quá hạn"})
    clerk.post(change, {"viec": "len"})
    assert "Quá hạn" in text_of(clerk.get(f"{DESK}?xem=all"))
    assert "Đặt tên" in text_of(clerk.post(change, {"viec": "ten", "ten": ""}, follow=True))
    gone = clerk.post(change, {"viec": "xoa"}, follow=True)
    assert "Đã xóa" in text_of(gone)
    back = clerk.post(f"{DESK}khung-nhin/", {"ten": "Quá hạn", "hoi": "xem=late"})
    assert back.status_code == 302
    assert "Quá hạn" in text_of(clerk.get(f"{DESK}khung-nhin/"))
