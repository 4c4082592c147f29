"""An example of a request, as one types it into a terminal."""

import json
from collections.abc import Mapping
from typing import Any

VALUES: dict[str, Any] = {
    "procedure": "1.001193",
    "answers": {"child_name": "Trần Minh Anh"},
    "step": "withdraw",
    "Idempotency-Key": "5f0c7a1e-1",
    "If-Match": '"3"',
}
"""Values that a reader recognises, by the name of what they are put into."""
CODES = {"procedures": "1.001193", "dossiers": "000.00.61.H26-261124-0001"}
"""The code in an address, by the part of the address before it."""


def curl(method: str, address: str, found: Mapping[str, Any], schemas: Mapping[str, Any]) -> str:
    """Return the command that makes this request, with what it must carry and no more."""
    given = found.get("parameters", ())
    query = "?q=khai+sinh&limit=5" if any(each["name"] == "q" for each in given) else ""
    lines = [f"curl '{_filled(address)}{query}'"]
    if found.get("security"):
        lines.append('-H "Authorization: Bearer $TOKEN"')
    headers = [each["name"] for each in given if each["in"] == "header"]
    lines += [f"-H '{name}: {VALUES.get(name, '…')}'" for name in headers]
    for media_type, held in found.get("requestBody", {}).get("content", {}).items():
        lines += _carried(media_type, held["schema"], schemas)
    if method != "get" and not any(line.startswith(("-d", "-F")) for line in lines):
        lines.append(f"-X {method.upper()}")
    return " \\\n  ".join(lines)


def _filled(address: str) -> str:
    parts = address.split("/")
    for place, part in enumerate(parts):
        if part.startswith("{"):
            parts[place] = CODES.get(parts[place - 1], "…")
    return "/".join(parts)


def _carried(media_type: str, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[str]:
    named = schemas.get(str(schema.get("$ref", "")).rsplit("/", 1)[-1], schema)
    required = named.get("required", ())
    if media_type != "application/json":
        return [f"-F '{name}=@chung-sinh.pdf'" for name in required]
    body = json.dumps({name: VALUES.get(name, "…") for name in required}, ensure_ascii=False)
    return [f"-H 'Content-Type: {media_type}'", f"-d '{body}'"]
