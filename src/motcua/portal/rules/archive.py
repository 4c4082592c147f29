"""Tables as files people and programs read: CSV that a spreadsheet cannot run, JSON, file names."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from motcua.kernel.exports import Sheet, as_text


def as_csv(sheet: Sheet) -> bytes:
    """Return a table as UTF-8 CSV that spreadsheets know by its mark; no cell is a formula."""
    text = StringIO()
    writer = csv.writer(text)
    columns = list(sheet.rows[0]) if sheet.rows else []
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def as_json(sheets: Sequence[Sheet]) -> bytes:
    """Return all tables as one JSON object, by their names."""
    whole = {sheet.name: list(sheet.rows) for sheet in sheets}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def cell(value: Any) -> str:
    """Return a value as text that a spreadsheet shows and never runs."""
    if value is None:
        return ""
    if isinstance(value, Mapping | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value) if isinstance(value, int | float) else as_text(str(value))


def file_name(folder: str, number: int, name: str) -> str:
    """Return where a file stands in the archive: never outside of it, never twice the same."""
    safe = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "_", name).strip(". ")[-120:] or "tep"
    parts = [re.sub(r"[^\w.\-]+", "_", part).strip(".") or "_" for part in folder.split("/")]
    return f"tep/{'/'.join(parts)}/{number:02}-{safe}"
