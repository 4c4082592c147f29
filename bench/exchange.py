"""
What signing and logging cost a call: ``python -m bench.exchange [--calls 400] [--seconds 6]``.

It starts a web server of its own under ``var/bench-exchange`` that answers the same handlers in two
ways: directly (a plain POST by the same client, nothing signed, nothing kept) and as services of a
member of the exchange. One handler says the same again, one reads three rows; the others are the
register of population of the demonstration, asked about another person each time: for the person,
for the family, and for the person in the XML of QCVN 109:2017, which systems of today ask for. Both
sides and the database are on this machine: the consumer signs, verifies and logs too. Compare the
ratios; processor time is what depends least on who else uses the machine.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

VAR = Path("var/bench-exchange").resolve()
HANOI, POLICE = "000.00.00.H26", "000.00.00.G01"
ENVIRONMENT = {
    "MOTCUA_VAR": str(VAR),
    "MOTCUA_DEMO": "0",
    "EXCHANGE_MEMBER": f"{HANOI},{POLICE}",
    "DJANGO_SETTINGS_MODULE": "bench.exchange_settings",
    "LOG_LEVEL": "WARNING",
    "REGISTERS": json.dumps({"population": POLICE}),
}
COMMUNES = ["00070", "00082", "00091"]
BODY = b'{"personal_id": "001099000001", "fields": ["name", "birth_date", "residence"]}'
REGISTER = "population.v1"
SERVICES = ("echo.v1", "register.v1", REGISTER)
WORKS = {
    "says the same again": ("echo.v1", "x"),
    "reads three rows": ("register.v1", "x"),
    "population: a person": (REGISTER, "person"),
    "population: a family": (REGISTER, "family"),
    "population: a person as XML": (REGISTER, "person.xml"),
}
"""What is measured: service and path by name."""


def now():
    return datetime.now(UTC)


def handlers():
    """Return what answers each service."""
    from motcua.exchange.models import Member
    from motcua.exchange.operations.serving import Reply, served

    def echo(call):
        return Reply(body=call.body.read())

    def register(call):
        call.body.read()
        for member in (HANOI, POLICE, HANOI):
            found = Member.objects.get(pk=member)
        return Reply(body=b'{"title": "%s"}' % found.title.encode())

    return dict(zip(SERVICES, (echo, register, served(REGISTER).handler), strict=True))


def application():
    """Return the portal with both handlers, directly and as services."""
    from bench.exchange_settings import answer_directly
    from motcua.config.serving import application as portal
    from motcua.exchange.operations.serving import serve

    made = portal()
    for service, handler in handlers().items():
        serve(service, handler, openapi=dict, title_vi=service, title_en=service)
        answer_directly[service] = handler
    return made


def set_up(port):
    """Make two members and their agreements."""
    from django.core.management import call_command

    from motcua.exchange.models import Agreement, Service
    from motcua.exchange.operations.demo import DEMO_MEMBERS, seed_members
    from motcua.kernel.actors import Actor
    from motcua.registrar.operations.seeding import seed_registers

    call_command("migrate", verbosity=0)
    seed_members(
        DEMO_MEMBERS[:2], address=f"http://127.0.0.1:{port}", by=Actor.system("bench"), at=now()
    )
    seed_registers([], COMMUNES, size=3_000, by=Actor.system("bench"), at=now(), today=now().date())
    for code in SERVICES:
        service = Service.objects.create(
            provider_id=POLICE,
            code=code,
            title=code,
            owner="G01",
            opened_at=now(),
            changed_at=now(),
        )
        Agreement.objects.create(
            id=uuid4(),
            consumer_id=HANOI,
            service=service,
            purposes=["prefill-form"],
            standing="in-force",
            valid_from=now() - timedelta(days=1),
            valid_until=now() + timedelta(days=1),
            asked_by="a",
            asked_at=now(),
            first_by="b",
            second_by="c",
        )


def caller(way, work, port):
    """Return a function that calls once."""
    service, path = WORKS[work]
    bodies = cycle(questions(path) if service == REGISTER else [BODY])
    if way == "signed":
        from motcua.exchange.operations.calling import call

        facts = {"purpose": "prefill-form"}
        return lambda: call(POLICE, service, path, body=next(bodies), at=now(), **facts)
    import httpx

    from motcua.exchange.adapters.lines import Address, Outgoing
    from motcua.exchange.adapters.sending import line
    from motcua.exchange.queries.members import may_be_inside

    to = Address.of(httpx.URL(f"http://127.0.0.1:{port}/direct/{service}/{path}"))
    whom = (POLICE, service, may_be_inside(POLICE))

    def ask():
        body = next(bodies)
        headers = {"content-type": "application/json", "content-length": str(len(body))}
        sent = line().exchange(Outgoing("POST", to, headers, body, *whom), body, timeout=5)
        assert sent.status == 200, sent

    return ask


def questions(path):
    """Return a question about each of many people."""
    from motcua.registrar.models import Person
    from motcua.registries.queries.questions import FamilyOf, PersonById, written

    keys = list(Person.objects.values_list("key", flat=True)[:2_000])
    if path == "person.xml":
        return [f"<TraCuu><SoDinhDanh>{key}</SoDinhDanh></TraCuu>".encode() for key in keys]
    kind = {"person": PersonById, "family": FamilyOf}[path]
    return [written(kind(key)) for key in keys]


def one_by_one(port, calls):
    """Call in turn, directly and signed alternately, and return the times of each in ms."""
    took = {}
    for work in WORKS:
        asks = {way: caller(way, work, port) for way in ("direct", "signed")}
        for way, ask in asks.items():
            took[work, way] = []
            for _ in range(30):
                ask()
        for _ in range(calls):
            for way, ask in asks.items():
                start = time.perf_counter()
                ask()
                took[work, way].append((time.perf_counter() - start) * 1000)
    return took


def _load(pipe, port, way, work, seconds):
    from django.db import connection

    connection.close()
    from motcua.exchange.adapters import sending

    sending._line.clear()
    ask, done = caller(way, work, port), 0
    for _ in range(20):
        ask()
    pipe.send("ready")
    pipe.recv()
    start, used = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < seconds:
        ask()
        done += 1
    pipe.send((done, time.process_time() - used))
    pipe.recv()


def all_at_once(port, way, work, *, clients, seconds):
    """Call from several processes and return calls a second, and processor ms a call."""
    import psutil

    context, pipes = get_context("fork"), []
    for _ in range(clients):
        ours, theirs = context.Pipe()
        context.Process(target=_load, args=(theirs, port, way, work, seconds)).start()
        pipes.append(ours)
    for pipe in pipes:
        pipe.recv()
    before = cpu(psutil)
    for pipe in pipes:
        pipe.send("go")
    told = [pipe.recv() for pipe in pipes]
    after = cpu(psutil)
    for pipe in pipes:
        pipe.send("end")
    calls = sum(done for done, _ in told)
    used = {name: (after[name] - before[name]) / calls * 1000 for name in after}
    used["client"] = sum(cpu for _, cpu in told) / calls * 1000
    return calls / seconds, used


def cpu(psutil):
    """Return the processor seconds of server and database so far."""
    used = {"server": 0.0, "database": 0.0}
    for process in psutil.process_iter(["cmdline", "cwd", "name"]):
        line = " ".join(process.info["cmdline"] or ())
        if process.info["cwd"] == str(Path.cwd()) and "bench.exchange_server" in line:
            used["server"] += sum(process.cpu_times()[:2])
        elif process.info["name"] == "postgres" and process.info["cwd"] == str(VAR / "postgres"):
            times = process.cpu_times()
            used["database"] += times.user + times.system
    return used


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=400, help="one after another, each way")
    parser.add_argument("--seconds", type=float, default=6, help="of each load")
    parser.add_argument("--clients", type=int, default=4)
    wanted = parser.parse_args()
    shutil.rmtree(VAR, ignore_errors=True)
    os.environ.update(ENVIRONMENT)
    from tests.portals import free_ports

    from motcua.backbone.postgres import embedded

    (port,) = free_ports(1)
    with embedded(VAR).in_use():
        import django

        django.setup()
        set_up(port)
        command = [sys.executable, "-m", "bench.exchange_server", str(port)]
        with subprocess.Popen(command, env={**os.environ, "MOTCUA_SUPERVISED": "1"}) as server:
            try:
                wait_for(port)
                measure(port, wanted)
            finally:
                server.terminate()
    shutil.rmtree(VAR, ignore_errors=True)


def measure(port, wanted):
    took = one_by_one(port, wanted.calls)
    print("| work | direct p50 | signed p50 | adds | of direct | p95 signed |")
    print("|---|---|---|---|---|---|")
    for work in WORKS:
        direct, signed = (statistics.median(took[work, way]) for way in ("direct", "signed"))
        late = sorted(took[work, "signed"])[int(wanted.calls * 0.95)]
        adds = f"{signed - direct:.2f} ms | {signed / direct - 1:.0%}"
        print(f"| {work} | {direct:.2f} ms | {signed:.2f} ms | {adds} | {late:.2f} ms |")
    print("\n| load | calls/s | processor ms a call: server + database + client |\n|---|---|---|")
    for work in WORKS:
        for way in ("direct", "signed"):
            load = {"clients": wanted.clients, "seconds": wanted.seconds}
            rate, used = all_at_once(port, way, work, **load)
            parts = " + ".join(f"{used[name]:.2f}" for name in ("server", "database", "client"))
            print(f"| {work}, {way} | {rate:,.0f} | {parts} = {sum(used.values()):.2f} |")


def wait_for(port):
    import httpx

    for _ in range(200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz")
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not come up")


if __name__ == "__main__":
    main()
