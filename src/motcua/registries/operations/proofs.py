"""Keep that a value was a registry's when its person confirmed it."""

from datetime import datetime
from typing import Any

from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.registries.models import Proof
from motcua.registries.rules.answers import Source
from motcua.registries.rules.proofs import digest_of


@one_transaction
def keep_proof(
    subject: str, field: str, value: Any, source: Source, *, key: str, by: Actor, at: datetime
) -> None:
    """
    Keep where a field's value came from; one kept before for the field is replaced.

    :param subject: the draft or dossier the field belongs to
    :param key: of the record asked for
    """
    facts = {
        "register": source.register,
        "member": source.member,
        "key": key,
        "digest": digest_of(value),
        "as_of": source.as_of,
        "since": source.since,
        "by": by.id,
        "at": at,
    }
    Proof.objects.update_or_create(subject=subject, field=field, defaults=facts)
