"""``python -m tools.rehearsal [--each N]``: run the fail-over drill of docs/scale.md here."""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.rehearsal.drill import rehearse


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.rehearsal", description=__doc__)
    parser.add_argument("--each", type=int, default=60, help="dossiers a client files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="motcua-", ignore_cleanup_errors=True) as place:
        found = rehearse(Path(place) / "var", each=given.each, say=lambda text: print("·", text))
    print("\n".join(found.lines()))
    sys.exit(bool(found.lost or found.statuses_lost or found.doubled or found.not_announced))


if __name__ == "__main__":
    main()
