"""The drill: kill the primary while dossiers are filed and told, take over, rejoin."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from motcua.config.parts import Place
from tools.rehearsal.portal import Clients, Portal, place_of, portal_at, running
from tools.rehearsal.servers import Server, pair, until
from tools.rehearsal.teller import Teller, teller_at

CLIENTS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What the drill found; times are seconds."""

    acknowledged: int
    acknowledged_before: int
    statuses_acknowledged: int
    statuses_acknowledged_before: int
    lost: int
    statuses_lost: int
    doubled: int
    not_announced: int
    to_take_over: float
    to_next_acknowledged: float
    to_all_acknowledged: float
    to_rejoin: float
    read_again: str

    def lines(self) -> list[str]:
        """Return one line a figure."""
        return [f"{name.replace('_', ' '):<30}{value}" for name, value in asdict(self).items()]


def rehearse(var: Path, *, each: int, say: Callable[[str], None]) -> Found:
    """Run everything under ``var``: two servers, a portal, eight clients, a ``kill -9``."""
    first, second = pair(var)
    place = place_of(var, (first, second))
    try:
        say("the first server, its tables and the demonstration")
        first.start()
        portal_at(place).command("prepare")
        say("the second server, by a base backup")
        second.copy_from(first)
        return drill(place, (first, second), each=each, say=say)
    finally:
        first.stop()
        second.stop()


def drill(
    place: Place, servers: tuple[Server, Server], *, each: int, say: Callable[[str], None]
) -> Found:
    """Run the drill on two servers, the second of which follows the first."""
    first, second = servers
    say("commits wait for both servers")
    first.wait_for(second)
    with running(place) as portal:
        token = portal.command("token", "huong@motcua.example", "--name", "rehearsal").split()[-1]
        clients, teller = Clients(portal, token), teller_at(portal, place.var, first)
        known = _filed(first)
        _under_way(clients, teller, each, say)
        before, told, killed, taken_over = _fail_over(servers, clients, teller, say)
        clients.finish()
        until(lambda: len(teller.acknowledged) > told, "statuses are acknowledged again")
        teller.finish()
        longest = max(moment for _code, moment in clients.acknowledged.values())
        following = min(
            moment for _code, moment in clients.acknowledged.values() if moment > taken_over
        )
        say("the old primary is rewound and follows")
        begun = time.monotonic()
        first.rewind_to(second)
        second.wait_for(first)
        rejoined = time.monotonic()
        clients.start(1, 5)
        clients.finish()
        return Found(
            acknowledged=len(clients.acknowledged),
            acknowledged_before=before,
            statuses_acknowledged=len(teller.acknowledged),
            statuses_acknowledged_before=told,
            to_take_over=round(taken_over - killed, 2),
            to_next_acknowledged=round(following - killed, 2),
            to_all_acknowledged=round(longest - killed, 2),
            to_rejoin=round(rejoined - begun, 2),
            read_again=_read_from(portal),
            **_compared(clients, servers, known),
            statuses_lost=teller.lost(servers),
        )


def _under_way(clients: Clients, teller: Teller, each: int, say: Callable[[str], None]) -> None:
    """Begin to file and to tell; return when a third of it is acknowledged."""
    say(f"{CLIENTS} clients file {each} dossiers each, a ministry tells of its own")
    clients.start(CLIENTS, each)
    teller.start()
    until(lambda: len(clients.acknowledged) >= CLIENTS * each // 3, "a third is acknowledged")
    until(lambda: bool(teller.acknowledged), "statuses are acknowledged")


def _fail_over(
    servers: tuple[Server, Server], clients: Clients, teller: Teller, say: Callable[[str], None]
) -> tuple[int, int, float, float]:
    """Kill the first, promote the second; return what was acknowledged then, and both moments."""
    first, second = servers
    say("kill -9 of the primary")
    first.kill()
    killed, before = time.monotonic(), len(clients.acknowledged)
    told = len(teller.acknowledged)
    second.promote()
    second.wait_for_nobody()
    say("the second server takes over; the portal finds it by itself")
    return before, told, killed, time.monotonic()


def _read_from(portal: Portal) -> str:
    """Return the replica that strangers' pages are read from in the end."""
    numbers = count()
    mark = 'motcua_reads_routed_total{database="replica'

    def reads() -> list[str]:
        portal.get(f"/tim-kiem/?q=khai+sinh+{next(numbers)}")
        return [line for line in portal.get("/metrics").splitlines() if line.startswith(mark)]

    until(lambda: bool(reads()), "a replica is read")
    return reads()[0].split('"')[1]


def _filed(server: Server) -> set[str]:
    return {code for (code,) in server.ask("SELECT code FROM dossiers_dossier")}


def _compared(clients: Clients, servers: tuple[Server, Server], known: set[str]) -> dict[str, int]:
    """
    Compare what clients were told with what both servers hold.

    A code that two clients were told was lost with the first and given out again to the second.
    """
    told = Counter(code for code, _moment in clients.acknowledged.values())
    until(lambda: _filed(servers[0]) == _filed(servers[1]), "both servers hold the same")
    kept = _filed(servers[0]) - known
    steps = "SELECT d.code, count(t.id) FROM dossiers_dossier d LEFT JOIN dossiers_transition t "
    steps += "ON t.dossier_id = d.id AND t.step = 'file' GROUP BY d.code"
    statuses = dict(servers[0].ask(steps))
    said = "SELECT subject FROM backbone_entry WHERE name = 'dossiers.filed'"
    announced = Counter(subject for (subject,) in servers[0].ask(said))
    reused = told.total() - len(told)
    return {
        "lost": sum(code not in kept or not statuses[code] for code in told) + reused,
        "doubled": len(kept - told.keys()) + sum(statuses[code] > 1 for code in told),
        "not_announced": sum(announced[code] != 1 for code in told),
    }
