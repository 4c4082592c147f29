from motcua.registries.models.consents import Consent
from motcua.registries.models.objections import Heard, Objection
from motcua.registries.models.proofs import Proof

__all__ = ["Consent", "Heard", "Objection", "Proof"]
