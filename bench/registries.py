"""
Measure prefill: five registries asked at once through the exchange, over HTTP.

``python -m bench.registries [--rounds 300]`` starts a portal of its own with the
registers' process beside it, asks about another person each time, and prints how long it takes
until all five have answered. Every call is signed, agreed upon, checked and logged on both sides.
"""

import argparse
import os
import shutil
import statistics
import time
from pathlib import Path

from tests.portals import portal

VAR = Path("var/bench-registries").resolve()
MOST = 300.0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=300)
    wanted = arguments.parse_args()
    shutil.rmtree(VAR, ignore_errors=True)
    try:
        with portal(VAR) as running:
            os.environ.update(running.place.settings())
            os.environ["DATABASE_URL"] = running.database_url()
            os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
            took, left_out = measured(wanted.rounds)
    finally:
        os.environ.pop("DATABASE_URL", None)
        shutil.rmtree(VAR, ignore_errors=True)
    middle, most = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print("| work | measured | to reach |\n|---|---|---|")
    print(
        f"| prefill of five sources, {wanted.rounds} persons | p50 {middle:.0f} ms · "
        f"p95 {most:.0f} ms · left out {left_out} | p95 ≤ {MOST:.0f} ms |"
    )


def measured(rounds: int) -> tuple[list[float], int]:
    """Return the milliseconds of each round, and how many answers were not there in time."""
    import django

    django.setup()
    from django.utils.timezone import localdate, now

    from motcua.kernel.actors import Actor
    from motcua.kernel.errors import Unavailable
    from motcua.registrar.models import Insured
    from motcua.registries.operations.asking import About, ask_all
    from motcua.registries.queries.questions import (
        CardOf,
        EnterprisesOf,
        ParcelsOf,
        PersonById,
        TaxAccountOf,
    )

    kinds = (PersonById, ParcelsOf, EnterprisesOf, TaxAccountOf, CardOf)
    people = list(Insured.objects.true_on(localdate()).values_list("key", flat=True)[:rounds])
    took, left_out = [], 0
    for number, person in enumerate(people[:5] + people):
        start = time.perf_counter()
        found = ask_all(
            [kind(person) for kind in kinds],
            purpose="prefill-form",
            about=About("bench"),
            by=Actor("bench"),
            at=now(),
        )
        if number >= 5:
            took.append((time.perf_counter() - start) * 1000)
            left_out += sum(isinstance(each, Unavailable) for each in found)
    return took, left_out


if __name__ == "__main__":
    main()
