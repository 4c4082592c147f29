"""
Pack administrative units and electronic ids into the small files the package carries.

``python -m tools.pack_reference UNITS.csv AGENCIES.json``
"""

import csv
import gzip
import json
import sys
from pathlib import Path

PLACE = Path(__file__).parent.parent / "src" / "motcua" / "agencies" / "reference"
COLUMNS = ("level", "code", "parent_code", "kind", "name", "valid_from", "valid_to")
ORDER = {"province": 0, "district": 1, "commune": 2}


def pack_units(source: Path) -> dict[str, str]:
    """Write ``units.tsv.gz``; return the names of the provinces before 2025-07-01, by bare name."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: (row["valid_from"], ORDER[row["level"]], row["code"]))
    lines = "".join("\t".join(row[column] for column in COLUMNS) + "\n" for row in rows)
    (PLACE / "units.tsv.gz").write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
    old = [row["name"] for row in rows if row["level"] == "province" and row["valid_to"]]
    return {name.removeprefix("Tỉnh ").removeprefix("Thành phố "): name for name in old}


def pack_ids(source: Path, provinces: dict[str, str]) -> None:
    """Write ``electronic_ids.tsv``, names in full."""
    lines = []
    for entry in json.loads(source.read_text("utf-8")):
        name = entry["name"]
        if name.startswith("UBND"):
            bare = name.removeprefix("UBND ").removeprefix("tỉnh/TP ").removeprefix("Thành phố ")
            place = provinces.get(bare, f"Tỉnh {bare}")
            name = f"Ủy ban nhân dân {place[0].lower()}{place[1:]}"
        verified = "0" if entry["evidence"].startswith("from memory") else "1"
        lines.append(f"{entry['code']}\t{name}\t{verified}\n")
    (PLACE / "electronic_ids.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    units_csv, agencies_json = (Path(argument) for argument in sys.argv[1:])
    pack_ids(agencies_json, pack_units(units_csv))
