"""
Write what the scripts for wrk need, for a portal that runs here: ``python -m bench.arguments DIR``.

Into ``DIR`` go the body of a filing and the codes of dossiers that a clerk may accept. What it
prints are the commands, with tokens that live for a day, to be run from this folder.
"""

import argparse
import sys
from pathlib import Path

from bench.body import filing_bodies
from bench.scenes import Account, Dossier, busiest, token

COMMANDS = """\
wrk -t1 -c8 -d10s --latency {at}/thu-tuc/1.001193/
BODY={there}/body.json wrk -t1 -c8 -d10s --latency -H "Authorization: Bearer {citizen}" \\
  -s bench/wrk/file.lua {at}/api/v1/dossiers
wrk -t1 -c8 -d10s --latency -H "Authorization: Bearer {citizen}" -s bench/wrk/list.lua {at}
CODES={there}/codes.txt wrk -t1 -c8 -d10s --latency -H "Authorization: Bearer {clerk}" \\
  -s bench/wrk/read.lua {at}
CODES={there}/codes.txt wrk -t1 -c8 -d10s --latency -H "Authorization: Bearer {clerk}" \\
  -s bench/wrk/step.lua {at}
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("dir", type=Path)
    arguments.add_argument("--at", default="http://127.0.0.1:8000", help="the portal's address")
    given = arguments.parse_args()
    agency, clerk = busiest()
    found = Dossier.objects.filter(agency=agency, state="new", version=1, fee=0).order_by("-id")
    codes = list(found.values_list("code", flat=True)[:20_000])
    if not codes:
        sys.exit(f"no dossier waits at {agency}: file some first, with file.lua")
    given.dir.mkdir(parents=True, exist_ok=True)
    (given.dir / "body.json").write_bytes(filing_bodies()[0])
    (given.dir / "codes.txt").write_text("".join(f"{code}\n" for code in codes))
    citizen = Account.objects.get(email="huong@motcua.example")
    tokens = {"citizen": token(str(citizen.pk)), "clerk": token(str(clerk.pk), agency)}
    print(COMMANDS.format(at=given.at, there=given.dir, **tokens), end="")


if __name__ == "__main__":
    main()
