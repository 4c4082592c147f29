"""Our own dossiers told to another member: never lost, never more than the shape, visible."""

from datetime import timedelta

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from motcua.dossiers.models import Dossier as Ours
from motcua.dossiers.models import DueMove
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.outward import settled_place
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, definition, ward
from motcua.dossiers.tests.counter import WHY, Counter
from motcua.exchange.adapters.sending import close_breakers
from motcua.exchange.models import Agreement
from motcua.exchange.operations.serving import Reply
from motcua.exchange.tests.conftest import PORTAL, _own_files, wire
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.wire import agreement, now, offered
from motcua.sync.api.gateway import SERVICE, answer
from motcua.sync.models import Dossier, Parent, Status, Stream, Untaken
from motcua.sync.operations.parents import add_parent, pause, resume, tell_anew, tell_now
from motcua.sync.operations.pushing import AnswersOddly
from motcua.sync.operations.telling import parents_to_tell, tell_parent
from motcua.sync.queries.parents import parents, untaken
from motcua.sync.tests.streams import tables

__all__ = ["_own_files", "definition", "ward", "wire"]


class Clock:
    """Time that goes on when told to."""

    def __init__(self):
        self.at = now()

    def __call__(self):
        return self.at

    def on(self, **some):
        self.at += timedelta(**some)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def agreed(wire):
    agreement("synchronise", service=offered(answer, SERVICE))
    return wire


@pytest.fixture
def parent(agreed, counter):
    return add_parent(HANOI, POLICE, by=PORTAL, at=now())


def told(parent, clock):
    return tell_parent(parent, clock=clock, sleep=lambda _: None)


def standing():
    (one,) = parents(by=PORTAL, at=now())
    return one


def down(request):
    raise httpx.ConnectError("down")


def states(code):
    return list(
        Status.objects.filter(code=code).order_by("at", "status").values_list("status", flat=True)
    )


def test_what_was_filed_before_and_each_step_after_is_told(parent, counter, clock):
    code = counter.file().code
    assert parents_to_tell(at=clock()) == [parent]
    assert told(parent, clock) == 2
    held = Dossier.objects.get()
    ours = Ours.objects.get()
    assert (held.code, held.agency, held.due_at) == (code, ours.agency, ours.due_at)
    assert states(code) == [1]
    assert told(parent, clock) == 0
    assert parents_to_tell(at=clock()) == []
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    told(parent, clock)
    assert states(code) == [1, 2, 5]
    asked = Status.objects.get(status=5)
    assert asked.words.endswith(WHY)
    assert asked.who.startswith("Cán bộ clerk, ")
    assert Status.objects.get(status=1).who == "Người nộp hồ sơ"
    assert (standing().waiting, standing().untaken, standing().error) == (0, 0, "")


def test_a_step_under_way_is_waited_for_and_none_is_passed_over(parent, counter, clock):
    place = settled_place(sleep=lambda _: None)
    counter.file()
    assert settled_place(sleep=lambda _: None).step == place.step + 1


def test_down_for_an_hour_nothing_is_lost_and_nothing_doubled(
    parent, counter, agreed, clock, settings
):
    settings.EXCHANGE_CLOCK_SKEW = 2 * 3600
    codes = [counter.file().code]
    tries = []

    agreed.on_request = down
    start = clock()
    while clock() - start < timedelta(hours=1):
        for number in parents_to_tell(at=clock()):
            tries.append(clock())
            assert told(number, clock) == 0
        if len(codes) < 5:
            codes.append(counter.file().code)
        clock.on(seconds=2)
    assert 12 < len(tries) < 40
    one = parents(by=PORTAL, at=clock())[0]
    assert (one.waiting, one.is_stuck, one.sent) == (5, True, 0)
    agreed.on_request = lambda request: None
    close_breakers()
    clock.on(minutes=5)
    assert told(parent, clock) == 10
    assert set(Dossier.objects.values_list("code", flat=True)) == set(codes)
    before = tables()
    assert told(parent, clock) == 0
    assert tables() == before
    assert standing().failures == 0


def test_an_answer_that_is_lost_is_asked_for_again_and_changes_nothing(
    parent, counter, agreed, clock
):
    code = counter.file().code

    def lost(answer):
        raise httpx.ReadError("lost")

    agreed.on_answer = lost
    assert told(parent, clock) == 0
    assert states(code) == [1]
    assert standing().sent == 0
    agreed.on_answer = lambda answer: None
    counter.walk(code, Step.ACCEPT)
    clock.on(minutes=1)
    assert told(parent, clock) == 3
    assert states(code) == [1, 2]
    assert Stream.objects.get().cursor == 3


def test_one_that_lost_what_it_acknowledged_is_told_everything_anew(parent, counter, clock):
    code = counter.file().code
    told(parent, clock)
    Stream.objects.all().delete()
    Status.objects.all().delete()
    counter.walk(code, Step.ACCEPT)
    told(parent, clock)
    assert standing().error.startswith("{parent} no longer knows")
    clock.on(minutes=1)
    told(parent, clock)
    assert states(code) == [1, 2]
    assert standing().error == ""


def test_rows_not_taken_are_kept_with_their_reason_and_the_others_go_on(
    parent, counter, agreed, clock
):
    bad, good = counter.file().code, counter.file().code
    far = MONDAY.replace(year=2300)
    ours = Ours.objects.get(code=bad)
    moved = DueMove.objects.create(dossier=ours, at=far, due_at=far)
    told(parent, clock)
    (row,) = untaken(parent, by=PORTAL)
    assert (row.code, row.times) == (bad, 1)
    assert row.reason == "time"
    assert [each.code for each in Dossier.objects.all()] == [good]
    moved.delete()
    tell_anew(parent, by=PORTAL, at=clock())
    told(parent, clock)
    assert Dossier.objects.count() == 2
    assert not Untaken.objects.exists()


ODD = {
    "nothing": b"",
    "no object": b"[]",
    "no JSON": b"{",
    "nested": b"[" * 50_000,
    "backwards": b'{"rows":-1,"cursor":0}',
    "text": b'{"rows":"1","cursor":1}',
    "less": b'{"cursor":1}',
    "more": b'{"rows":1,"cursor":99999999999999999999}',
    "runs": b'{"rows":1,"cursor":1,"refused":[{"from":"x"}]}',
    "NUL": b'{"rows":1,"cursor":1,"refused":[{"from":0,"to":0,"reason":"\\u0000"}]}',
}


@pytest.mark.parametrize("said", ODD.values(), ids=ODD)
def test_a_parent_whose_answer_cannot_be_read_is_asked_again_later(parent, counter, clock, said):
    counter.file()
    offered(lambda _: Reply(body=said), SERVICE)
    assert told(parent, clock) == 0
    assert (standing().waiting, standing().error) == (1, AnswersOddly.message)
    offered(answer, SERVICE)
    tell_now(parent, by=PORTAL)
    assert told(parent, clock) == 2


def test_a_parent_refuses_no_more_rows_than_it_was_sent(parent, counter, clock):
    counter.file()
    said = b'{"rows":9,"cursor":9,"refused":[{"from":0,"to":9007199254740992,"reason":"x"}]}'
    offered(lambda _: Reply(body=said), SERVICE)
    told(parent, clock)
    (row,) = untaken(parent, by=PORTAL)
    assert (row.reason, row.times) == ("x", 2)
    offered(answer, SERVICE)


def test_without_an_agreement_it_is_stuck_and_says_why(parent, counter, clock):
    counter.file()
    Agreement.objects.all().delete()
    from motcua.exchange.queries.agreements import forget_agreements

    forget_agreements()
    told(parent, clock)
    one = standing()
    assert (one.waiting, one.failures) == (1, 1)
    assert "agreement" in one.error


def test_paused_it_hears_nothing_and_resumed_it_goes_on(parent, counter, clock):
    counter.file()
    pause(parent, by=PORTAL, at=clock())
    assert parents_to_tell(at=clock()) == []
    assert told(parent, clock) == 0
    resume(parent, by=PORTAL, at=clock())
    assert told(parent, clock) == 2


def test_asked_to_it_tries_again_at_once(parent, counter, agreed, clock):
    counter.file()
    agreed.on_request = down
    told(parent, clock)
    agreed.on_request = lambda request: None
    assert told(parent, clock) == 0
    tell_now(parent, by=PORTAL)
    assert told(parent, clock) == 2


def test_nothing_leaves_but_what_the_shape_has(parent, counter, agreed, clock):
    code = counter.file().code
    account = get_user_model().objects.get(pk=counter.actor("lan").id)
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    take_step(
        code, Step.PROPOSE, by=counter.actor("specialist"), at=MONDAY, reason="Chỉ để trong cơ quan"
    )
    bodies = []

    def seen(request):
        import gzip

        bodies.append(gzip.decompress(request.content).decode())

    agreed.on_request = seen
    told(parent, clock)
    sent = "".join(bodies)
    assert account.name in sent
    for secret in (
        account.phone,
        account.email,
        account.personal_id,
        "Chỉ để trong cơ quan",
        "1990",
    ):
        assert secret not in sent
    assert Dossier.objects.get().person is None
    account.proven_at = MONDAY
    account.save()
    tell_anew(parent, by=PORTAL, at=clock())
    told(parent, clock)
    assert account.personal_id in bodies[-1]


def test_dossiers_of_other_members_stay_here(parent, counter, agreed, clock):
    counter.file()
    Ours.objects.update(code="000.00.16.H57-261102-0001")
    assert told(parent, clock) == 0
    assert not Status.objects.exists()
    assert standing().waiting == 0


def test_from_the_command_line(agreed, counter, capsys):
    counter.file()
    call_command("sync", "parent", "add", POLICE)
    call_command("sync", "parent", "push-now", POLICE)
    call_command("sync", "parent", "pause", POLICE)
    call_command("sync", "parent", "resume", POLICE)
    call_command("sync", "parent", "anew", POLICE)
    call_command("sync", "parent", "list")
    said = capsys.readouterr().out
    assert f"{HANOI} → {POLICE}" in said
    assert "2 rows were sent" in said
    assert Parent.objects.get().sent == 0
    assert HUE not in said
