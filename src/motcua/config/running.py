"""``motcua run``: the whole portal on this machine, from nothing or from where it was left."""

import argparse
import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from motcua.backbone.postgres import Embedded, is_last
from motcua.backbone.trouble import Trouble, trouble_with_files
from motcua.config.launch import launched
from motcua.config.parts import Place, database_part, motcua, portal_parts
from motcua.config.ports import held_port
from motcua.config.supervisor import Supervisor
from motcua.config.terminal import say, step

HIGHEST_PORT = 65535


def run(arguments: Sequence[str]) -> None:
    """
    Start everything, print the address, and keep it running until told to stop.

    :raises Trouble: if it cannot run; everything that was started has been stopped
    """
    place = _place(arguments)
    try:
        place.var.mkdir(parents=True, exist_ok=True)
        with _only_one(place), ExitStack() as stack:
            stack.enter_context(held_port(place.host, place.port))
            if place.demo:
                stack.enter_context(held_port("127.0.0.1", place.bank_port))
                stack.enter_context(held_port("127.0.0.1", place.registrar_port))
            mark_demo(place)
            parts = portal_parts(place)
            if (server := place.database) is not None:
                stack.enter_context(_own(server))
                parts.insert(0, database_part(server))
            supervisor = Supervisor(parts, logs=place.var / "logs", say=say)
            stack.callback(_stop, supervisor)
            _obey_signals(supervisor)
            _bring_up(supervisor, place)
            supervisor.watch()
    except OSError as error:
        raise trouble_with_files(error, place.var) from error


def port(given: str) -> int:
    """
    Return the number of a port after which two more can exist: the sandbox bank's, the registers'.

    :raises ArgumentTypeError: if it is no such number
    """
    if not (given.isdecimal() and 1 <= int(given) <= HIGHEST_PORT - 2):
        raise argparse.ArgumentTypeError(
            f"PORT={given}: hãy cho một số từ 1 đến {HIGHEST_PORT - 2}. "
            f"Give a number from 1 to {HIGHEST_PORT - 2}."
        )
    return int(given)


def _place(arguments: Sequence[str]) -> Place:
    parser = argparse.ArgumentParser(
        prog="motcua run",
        description="Chạy toàn bộ cổng trên máy này. Run the whole portal on this machine.",
        epilog="Environment: PORT, HOST, MOTCUA_VAR, DATABASE_URL, BASE_URL, ALLOWED_HOSTS, "
        "WEB_PROCESSES, WEB_THREADS, WORKER_CONCURRENCY, LOG_LEVEL.",
    )
    parser.add_argument("--port", type=port, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
    parser.add_argument(
        "--no-demo",
        action="store_true",
        help="no demo accounts, no demo catalogue, no sandbox bank, no registers",
    )
    given = parser.parse_args(arguments)
    return Place(
        var=Path(os.environ.get("MOTCUA_VAR") or "var").resolve(),
        port=given.port,
        host=given.host,
        demo=not given.no_demo and os.environ.get("MOTCUA_DEMO") != "0",
    )


def mark_demo(place: Place) -> None:
    """Let commands that are typed beside the portal know whether it is a demonstration."""
    mark = place.var / "demo"
    if place.demo:
        mark.touch()
    else:
        mark.unlink(missing_ok=True)


@contextmanager
def _only_one(place: Place) -> Iterator[None]:
    """
    Hold the directory for this portal alone.

    :raises Trouble: if another ``motcua run`` has it
    """
    with (place.var / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip()
            raise Trouble(
                f"Một Cửa đang chạy với dữ liệu trong {place.var}: {where}. Hãy dừng nó trước, "
                "hoặc đặt MOTCUA_VAR=thư-mục-khác PORT=cổng-khác.",
                f"Một Cửa already runs on the data in {place.var}: {where}. Stop it first, "
                "or set MOTCUA_VAR=another-directory PORT=another-port.",
            ) from None
        lock.truncate(0)
        lock.write(f"http://{place.host}:{place.port} (pid {os.getpid()})")
        lock.flush()
        yield


@contextmanager
def _own(server: Embedded) -> Iterator[None]:
    """
    Take the embedded server over: one left behind is stopped, so that ours is watched.

    :raises Trouble: if another command is using it
    """
    with server.hold() as hold:
        if not is_last(hold):
            raise Trouble(
                "Một lệnh motcua khác đang dùng cơ sở dữ liệu. Hãy đợi lệnh đó xong rồi chạy lại.",
                "Another motcua command is using the database. Wait until it ends, then run again.",
            )
        server.stop()
        fcntl.flock(hold, fcntl.LOCK_SH)
        yield


def _obey_signals(supervisor: Supervisor) -> None:
    def stop(*_: object) -> None:
        supervisor.stopping.set()

    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sent, stop)


def _bring_up(supervisor: Supervisor, place: Place) -> None:
    print("\nMột Cửa\n", flush=True)
    if (server := place.database) is not None:
        with step("Khởi động cơ sở dữ liệu", "Starting the database"):
            supervisor.bring_up(["database"])
            server.make_database()
    _prepare(supervisor, place)
    if supervisor.stopping.is_set():
        return
    with step("Khởi động cổng và các việc nền", "Starting the portal and its worker"):
        supervisor.bring_up()
    if supervisor.stopping.is_set():
        return
    environment = {**os.environ, **place.settings()}
    subprocess.run(launched(motcua("welcome")), env=environment, check=False)


def _prepare(supervisor: Supervisor, place: Place) -> None:
    environment = {**os.environ, **place.settings()}
    process = subprocess.Popen(launched(motcua("prepare")), env=environment, start_new_session=True)
    while process.poll() is None:
        if supervisor.stopping.wait(0.05):
            process.terminate()
            process.wait()
    if process.returncode and not supervisor.stopping.is_set():
        raise Trouble(
            "Chưa chuẩn bị được dữ liệu; nguyên nhân ở ngay trên. Chạy lại thì làm tiếp từ đó.",
            "The data could not be made ready; the cause is above. Run again to go on from there.",
        )


def _stop(supervisor: Supervisor) -> None:
    print(flush=True)
    with step("Dừng lại", "Stopping"):
        supervisor.stop()
