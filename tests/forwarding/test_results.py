"""Results of the unit come to the hub whole, and what replaces them after their return, too."""

import hashlib
from datetime import timedelta

import httpx
import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.exchange.operations.calling import call
from motcua.exchange.tests.wire import now
from motcua.files.queries.kept import content_for_room
from motcua.forwarding.operations import following
from motcua.forwarding.operations.following import ResultAltered, ask_how_it_stands, to_ask
from motcua.forwarding.operations.handing_on import hand_on
from motcua.kernel.errors import Unavailable
from motcua.notices.queries.mine import my_notices
from tests.forwarding.conftest import down

SETTLED = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)


@pytest.fixture
def settled(handed_in, counter, work):
    """The province has approved what was filed at the hub, and its result is drawn."""

    def settling():
        row = handed_in()
        hand_on(row.code, at=now())
        row.refresh_from_db()
        counter.walk(row.there, *SETTLED)
        work()
        return row

    return settling


@pytest.fixture
def returned(settled, counter):
    """Its result was returned there, and is here."""

    def returning():
        row = settled()
        counter.walk(row.there, Step.RETURN)
        ask_how_it_stands(row.code, at=now())
        row.refresh_from_db()
        return row

    return returning


def corrected(row, counter, work):
    """Have the province open it again for a correction, and settle it anew."""
    reopen(row.there, reason=WHY, by=counter.actor("leader"), at=now())
    ask_how_it_stands(row.code, at=now())
    during = text_of(counter.client("lan").get(f"/ho-so/chuyen/{row.code}/"))
    counter.walk(row.there, Step.PROPOSE, Step.APPROVE)
    work()
    ask_how_it_stands(row.code, at=now())
    return during


def test_a_result_is_shown_where_those_of_own_dossiers_are_and_is_the_same_bytes(returned, counter):
    row = returned()
    client = counter.client("lan")
    page = client.get(f"/ho-so/chuyen/{row.code}/")
    check_shape(page)
    assert "Kết quả của bạn" in text_of(page)
    (kept,) = row.results.values()
    there = content_for_room(str(Dossier.objects.get().result))
    assert client.get(f"/tep/{kept}/").content == there
    assert hashlib.sha256(there).hexdigest() in text_of(page)
    assert counter.client("nam").get(f"/tep/{kept}/").status_code == 404


def test_a_result_altered_on_the_way_is_not_kept_and_asked_for_again(settled, monkeypatch):
    row = settled()
    with monkeypatch.context() as between:

        def altered(*args, **facts):
            reply = call(*args, **facts)
            other = reply.body + b" " if "/results/" in args[2] else reply.body
            return type(reply)(reply.status, other, reply.content_type, reply.headers)

        between.setattr(following, "call", altered)
        with pytest.raises(ResultAltered):
            ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert row.results == {}
    assert row.code in to_ask(at=now() + timedelta(minutes=11))
    ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert len(row.results) == 1


def test_a_result_that_was_corrected_after_its_return_replaces_the_one_before(
    returned, counter, work
):
    row = returned()
    (first,) = row.results.values()
    during = corrected(row, counter, work)
    assert "đã mở lại hồ sơ" in during
    row.refresh_from_db()
    (second,) = set(row.results.values()) - {first}
    page = counter.client("lan").get(f"/ho-so/chuyen/{row.code}/")
    check_shape(page)
    shown = page.content.decode()
    assert shown.index(f"/tep/{second}/") < shown.index("Kết quả đã được thay thế")
    assert shown.index("Kết quả đã được thay thế") < shown.index(f"/tep/{first}/")
    work()
    titles = [each.title for each in my_notices(by=counter.actor("lan")).notices]
    assert titles.count(f"Kết quả của hồ sơ {row.code} đã được sửa") == 1
    assert titles.count(f"Hồ sơ {row.code} đã có kết quả") == 1


def test_what_is_settled_is_still_asked_of_for_it_may_be_opened_again(returned):
    row = returned()
    assert row.number == 10
    assert row.code not in to_ask(at=row.told_at + timedelta(days=6))
    assert row.code in to_ask(at=row.told_at + timedelta(days=7))


def test_a_correction_waits_while_the_province_is_down_and_comes_after(
    returned, counter, work, agreed
):
    row = returned()
    reopen(row.there, reason=WHY, by=counter.actor("leader"), at=now())
    counter.walk(row.there, Step.PROPOSE, Step.APPROVE)
    work()
    agreed.on_request = down
    with pytest.raises(Unavailable):
        ask_how_it_stands(row.code, at=now())

    def lose(message):
        raise httpx.ReadTimeout("lost")

    agreed.on_request, agreed.on_answer = (lambda message: message), lose
    with pytest.raises(Unavailable):
        ask_how_it_stands(row.code, at=now())
    agreed.on_answer = lambda message: message
    for _again in range(2):
        ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert len(row.results) == 2
