"""Web processes even out what they have in hand, by letting connections go."""

import os
import subprocess
import sys
from io import BytesIO

import pytest

from motcua.config.intake import Intake
from motcua.config.levelling import Loads


@pytest.fixture
def loads():
    return Loads(2)


@pytest.fixture
def here(loads):
    return loads.mine()


@pytest.fixture
def there(loads, here):
    return loads.mine()


@pytest.mark.parametrize(
    ("ours", "theirs", "uneven"),
    [(4, 0, False), (5, 0, True), (5, 3, True), (5, 4, False), (20, 12, True), (20, 15, False)],
)
def test_work_is_uneven_where_some_waits_here_and_another_has_far_less(
    here, there, ours, theirs, uneven
):
    here.add(ours)
    there.add(theirs)
    assert here.is_uneven(4) is uneven
    assert there.is_uneven(4) is False


def test_a_process_that_is_alone_has_nobody_to_even_out_with(here):
    here.add(60)
    assert not here.is_uneven(4)


def test_what_a_dead_process_had_in_hand_is_forgotten_by_the_one_that_takes_its_part(loads):
    program = [sys.executable, "-c", "import os; print(os.getpid())"]
    dead = int(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
    loads.numbers[0], loads.numbers[1] = dead, 17
    assert not loads.mine().is_uneven(4)
    assert loads.numbers.tolist()[:2] == [os.getpid(), 0]


def answered(house, protocol):
    heard = []
    environ = {
        "PATH_INFO": "/",
        "SERVER_PROTOCOL": protocol,
        "wsgi.input": BytesIO(),
    }
    house(environ, lambda status, headers: heard.extend(headers))
    return heard


@pytest.mark.parametrize(
    ("waiting", "protocol", "closed"),
    [(4, "HTTP/1.1", True), (3, "HTTP/1.1", False), (4, "HTTP/2.0", False)],
)
def test_a_connection_is_closed_with_its_answer_only_where_work_is_uneven(
    here, there, waiting, protocol, closed
):
    def portal(environ, start):
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    here.add(waiting)
    heard = answered(Intake(portal, places=4, most=1, load=here), protocol)
    assert (("Connection", "close") in heard) is closed


def test_what_is_in_hand_is_counted_until_it_is_answered(loads, here, there):
    def fails(environ, start):
        raise ValueError("it fails")

    with pytest.raises(ValueError, match="it fails"):
        answered(Intake(fails, places=4, most=1, load=here), "HTTP/1.1")
    assert loads.numbers.tolist()[1] == 0
