"""`motcua run` itself: it stops cleanly, leaves nothing behind, and says what is wrong."""

import os
import signal
import subprocess
import sys
import threading
import time

import psutil
import pytest

from motcua.config.parts import Place, motcua
from motcua.config.supervisor import TRIES, Part, Supervisor
from tests.faults.waiting import until
from tests.portals import environment, free_ports


@pytest.fixture
def place(tmp_path):
    port, bank, registrar = free_ports(3)
    ports = {"BANK_PORT": str(bank), "REGISTRAR_PORT": str(registrar)}
    return Place(tmp_path / "một thư mục" / "var", port, environment=ports)


def started(place, *arguments, **given):
    variables = {k: v for k, v in environment(place).items() if k != "MOTCUA_SUPERVISED"}
    return subprocess.Popen(
        motcua("run", *arguments),
        env={**variables, **given},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(process, words):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return "".join(lines)
    pytest.fail("".join(lines))


def left_of(place):
    """Every process that still works for ``place``."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline"]):
        try:
            about = " ".join(process.cmdline()) + process.environ().get("MOTCUA_VAR", "")
        except psutil.Error:
            continue
        if str(place.var) in about and process.pid != os.getpid():
            found.append(process)
    return found


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_portal_leaves_no_process_and_keeps_its_data(place, how):
    for _ in range(2):
        process = started(place)
        read_until(process, "Ctrl-C")
        assert left_of(place)
        process.send_signal(how)
        process.communicate(timeout=60)
        assert process.returncode == 0
        until(lambda: left_of(place) == [], what="no process is left")
    assert (place.var / "postgres" / "PG_VERSION").exists()


def test_a_killed_supervisor_takes_its_parts_with_it(place):
    process = started(place)
    read_until(process, "Ctrl-C")
    process.kill()
    process.communicate()
    until(lambda: left_of(place) == [], what="the parts noticed and ended")
    again = started(place)
    read_until(again, "Ctrl-C")
    again.terminate()
    again.communicate(timeout=60)


def test_a_second_run_on_the_same_data_is_told_so(place):
    process = started(place)
    read_until(process, "Ctrl-C")
    second = started(place)
    said, _ = second.communicate(timeout=60)
    process.terminate()
    process.communicate(timeout=60)
    assert second.returncode == 1
    assert "already runs on the data" in said
    assert "Traceback" not in said


def test_a_taken_port_is_told_before_anything_starts(place):
    import socket

    with socket.create_server(("127.0.0.1", place.port)):
        process = started(place)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"Port {place.port} is taken" in said
    assert "Traceback" not in said
    assert not (place.var / "postgres").exists()


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"PORT": "abc"}, "Give a number from 1 to"),
        ({"PORT": "70000"}, "Give a number from 1 to"),
        ({"HOST": "192.0.2.1"}, "This machine has no address 192.0.2.1"),
        ({"MOTCUA_VAR": __file__}, "is a file, not a directory"),
    ],
)
def test_settings_that_cannot_be_are_told_without_a_stack_trace(place, variables, words):
    process = started(place, **variables)
    said, _ = process.communicate(timeout=60)
    assert process.returncode
    assert words in said
    assert "Traceback" not in said


def test_data_of_another_major_version_are_told_and_left_alone(place):
    data = place.var / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("15\n")
    said, _ = (process := started(place)).communicate(timeout=60)
    assert process.returncode == 1
    assert "was made by PostgreSQL 15" in said
    assert "Traceback" not in said
    assert [file.name for file in data.iterdir()] == ["PG_VERSION"]


def test_a_part_that_dies_at_once_again_and_again_is_given_up_with_its_last_words(tmp_path):
    from motcua.backbone.trouble import Trouble

    broken = Part("broken", [sys.executable, "-c", "print('no way')"], ready=lambda: True)
    supervisor = Supervisor([broken], logs=tmp_path, say=lambda *_: None)
    supervisor.bring_up()
    for running in supervisor.running:
        running.brief_lives = TRIES
    limit = time.monotonic() + 30
    with pytest.raises(Trouble, match="no way"):
        supervisor.watch()
    assert time.monotonic() < limit
    supervisor.stop()


def test_a_part_that_cannot_be_started_for_a_moment_is_tried_again(tmp_path):
    """A machine under load refuses a process now and then: fork(2) fails with EAGAIN."""
    refusals = [OSError(11, "Resource temporarily unavailable") for _ in range(2)]
    said = []

    def before():
        if tried and refusals:
            raise refusals.pop()

    tried = []
    part = Part(
        "web", [sys.executable, "-c", "import time; time.sleep(60)"], lambda: True, before=before
    )
    supervisor = Supervisor([part], logs=tmp_path, say=lambda _, english: said.append(english))
    supervisor.bring_up()
    (one,) = supervisor.running
    old = one.process
    tried.append(True)
    watcher = threading.Thread(target=supervisor.watch)
    watcher.start()
    old.kill()
    until(lambda: one.process not in {None, old}, what="the part is back")
    assert watcher.is_alive()
    supervisor.stopping.set()
    watcher.join()
    supervisor.stop()
    assert any("Resource temporarily unavailable" in line for line in said)
