"""A pack's definition as one JSON document, its digest, and the `Pack` it describes."""

import hashlib
import json
from typing import Any

import msgspec

from motcua.packs.rules.definition import Pack

Document = dict[str, Any]
"""``{"procedure": …, "form": …, "result": "Typst source"}``: the files of a pack's folder."""


def digest_of(document: Document) -> str:
    """Return the SHA-256 of a definition: the same content has the same digest, however spelt."""
    spelt = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def pack_from(document: Document, *, version: str) -> Pack:
    """
    Return the `Pack` that a checked definition describes.

    :raises msgspec.ValidationError: if the definition does not fit; `flaws_in` says it in words
    """
    procedure: Document = {"valid_to": None, "notices": {}, **document["procedure"]}
    return msgspec.convert(
        {
            **procedure,
            "version": version,
            "digest": digest_of(document),
            "form": {"title": procedure["title"], "steps": document["form"]["steps"]},
            "result": {**procedure["result"], "template": document["result"]},
        },
        Pack,
    )
