from motcua.registries.models.objections import Heard, Objection
from motcua.registries.models.proofs import Proof

__all__ = ["Heard", "Objection", "Proof"]
