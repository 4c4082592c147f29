"""The packs that come with the portal, read from their files, and the examples beside them."""

import json
from datetime import date
from functools import cache

from motcua.packs.queries.folders import SHIPPED, read_folder
from motcua.packs.rules.demands import Channel
from motcua.packs.rules.document import pack_from

CODES = sorted(path.parent.name for path in SHIPPED.glob("*/procedure.yaml"))
EXAMPLES = sorted(SHIPPED.glob("*/examples/*.json"))
LINKED = [c for c in CODES if "\nparts:\n" in (SHIPPED / c / "procedure.yaml").read_text()]
"""Packs whose limits, results and fees are those of the procedures they link."""
ALONE = [code for code in CODES if code not in LINKED]
VALID = [path for path in EXAMPLES if path.name.startswith("valid-")]
DRAWN = [path for path in VALID if path.parent.parent.name in ALONE]
INVALID = [path for path in EXAMPLES if path.name.startswith("invalid-")]
REFUSED = [path for path in INVALID if "refused" in json.loads(path.read_text())["expect"]]
WRONG = [path for path in INVALID if path not in REFUSED]


@cache
def shipped(code):
    """Return a shipped pack, without a database."""
    return pack_from(read_folder(SHIPPED / code).document, version=f"{code}@1")


def example(path):
    """Return (pack, answers, day, what is expected) of an example file."""
    made = json.loads(path.read_text())
    pack = shipped(path.parent.parent.name)
    return pack, made["answers"], date.fromisoformat(made["on"]), made["expect"]


def example_of(code, name):
    """Return the path of an example by its pack and name."""
    return SHIPPED / code / "examples" / f"{name}.json"


def channel_of(path):
    """Return the channel through which an example is filed."""
    return Channel(json.loads(path.read_text()).get("channel", "online"))


def name_of(path):
    """Name an example in test reports."""
    return f"{path.parent.parent.name}/{path.stem}"
