"""Print the body of one filing, for load tools: ``python -m bench.body > body.json``."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
django.setup()

from motcua.agencies.operations.demo import DEMO_AGENCIES  # noqa: E402
from motcua.packs.operations.publishing import SHIPPED  # noqa: E402

FILED = ("1.004873", "valid-poor-and-divorced.json")
"""A procedure without fee or required paper in this case: filing alone is measured."""


def filing_bodies() -> list[bytes]:
    """Return a filing for each of the demonstration's communes."""
    code, example = FILED
    answers = json.loads((SHIPPED / code / "examples" / example).read_text())["answers"]
    units = [a.new.unit for a in DEMO_AGENCIES if a.new.level == "commune"]
    return [
        json.dumps(
            {"procedure": code, "answers": answers | {"office": {"province": "01", "commune": u}}}
        ).encode()
        for u in units
    ]


if __name__ == "__main__":
    sys.stdout.buffer.write(filing_bodies()[0])
