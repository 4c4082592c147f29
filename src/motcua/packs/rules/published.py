"""What is published beside the packs: their JSON Schema."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from motcua.forms.rules.schema import compiled

SHIPPED = Path(__file__).parent.parent / "shipped"
"""The folder of the packs that come with the portal, with what all packs share."""


@cache
def pack_schema() -> Mapping[str, Any]:
    """Return the JSON Schema 2020-12 of the files of packs."""
    schema: dict[str, Any] = json.loads((SHIPPED / "pack.schema.json").read_text())
    return schema


@cache
def validator_of_file(name: str) -> jsonschema_rs.Draft202012Validator:
    """Return the validator of one kind of file: procedure, form, workflow, example or list."""
    return compiled({"$ref": f"#/$defs/{name}", "$defs": pack_schema()["$defs"]})
