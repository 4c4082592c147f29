"""
Measure a whole portal on this machine, beside the figures to reach.

``python -m bench [--sizes 10000,100000,1000000] [--seconds 8] [--keep]`` starts a portal of its own
under ``var/bench``, fills it to each size in turn, loads it with eight clients and prints a table.
The machine is noisy: compare the ratios, and runs with runs of the same day. ``--keep`` leaves the
data for a next run, which then goes on from the size it has.
"""

import argparse
import os
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import psutil
from tests.portals import free_ports, portal

from bench.load import Outcome
from bench.spent import Spent, said

VAR = Path("var/bench").resolve()


class Rows:
    """
    The table of figures, printed as Markdown.

    ``static`` is what each load is compared with, ``spent`` what the portal's parts have spent.
    """

    def __init__(self) -> None:
        self.static = 0.0
        self.spent: Spent | None = None

    def add(self, work: str, reached: str, target: str, cost: str = "") -> None:
        print(f"| {work} | {reached} | {cost} | {target} |", flush=True)

    def load(self, work: str, outcome: Outcome, target: str, *, good: int = 200) -> Outcome:
        if set(outcome.statuses) - {good}:
            sys.exit(f"{work}: answers by status {outcome.statuses}")
        share = f" · {outcome.rate / self.static:.0%} of static" if self.static else ""
        self.add(
            work,
            f"{outcome.rate:,.0f}/s · p50 {outcome.percentile(0.5):.1f} ms · "
            f"p95 {outcome.percentile(0.95):.1f} ms · p99 {outcome.percentile(0.99):.1f} ms{share}",
            target,
            said(self.spent.since(), len(outcome.took)) if self.spent else "",
        )
        return outcome


def sizes_of(text: str) -> list[int]:
    """Return the sizes named, in rising order."""
    return sorted({int(part) for part in text.split(",")})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", type=sizes_of, default=[100_000])
    arguments.add_argument("--seconds", type=float, default=8)
    arguments.add_argument("--keep", action="store_true")
    wanted = arguments.parse_args()
    if not wanted.keep:
        shutil.rmtree(VAR, ignore_errors=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rows = Rows()
    print("| work | measured | processor time of each | to reach |\n|---|---|---|---|", flush=True)
    ports = free_ports(3)
    with portal(VAR, ports=ports) as running:
        under_load(running, rows, sizes=wanted.sizes, seconds=wanted.seconds)
    del os.environ["DATABASE_URL"]
    start_again(rows, ports)
    if not wanted.keep:
        shutil.rmtree(VAR, ignore_errors=True)


def under_load(running, rows: Rows, *, sizes: list[int], seconds: float) -> None:
    os.environ["DATABASE_URL"] = running.database_url()
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    os.environ["MOTCUA_VAR"] = str(VAR)
    from bench.scenes import Scenes, size_now

    wait_until_ready(running.place.port)
    rows.spent = Spent(running)
    scenes = Scenes(running.place.port, rows, seconds)
    for number, size in enumerate(sizes):
        if (missing := size - size_now()) > 0:
            start = time.perf_counter()
            running.command("demo", "--dossiers", str(missing))
            rate = missing / (time.perf_counter() - start)
            rows.add(f"seed {missing:,} dossiers", f"{rate:,.0f}/s", "–")
        if not number:
            scenes.public()
        scenes.hot()
        scenes.lists()
        scenes.report()
    rows.add("memory of web and worker", f"{memory(running):,.0f} MB PSS", "≤ 400 MB PSS")


def start_again(rows: Rows, ports: list[int]) -> None:
    """Start a portal that has been there before: until it answers, and until all of it does."""
    start = time.perf_counter()
    with ThreadPoolExecutor(1) as beside:
        answers = beside.submit(wait_until_ready, ports[0])
        with portal(VAR, ports=ports):
            whole = time.perf_counter() - start
        rows.add("cold start, not the first", f"{answers.result() - start:.1f} s", "≤ 4 s")
    rows.add("… with the demonstration's bank and registers", f"{whole:.1f} s", "–")


def wait_until_ready(port: int) -> float:
    """Return when the portal answered first."""
    for _ in range(1200):
        try:
            urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return time.perf_counter()
    sys.exit("the portal did not come up")


def memory(running) -> float:
    """Return the proportional set size of web and worker with all their processes, in MB."""
    total = 0
    for name in ("web", "worker"):
        parent = psutil.Process(running.pid(name))
        for process in (parent, *parent.children(recursive=True)):
            total += process.memory_full_info().pss
    return total / 2**20


if __name__ == "__main__":
    main()
