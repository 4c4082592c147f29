from motcua.registries.models.consents import Consent
from motcua.registries.models.objections import Heard, Objection
from motcua.registries.models.proofs import Followed, Proof

__all__ = ["Consent", "Followed", "Heard", "Objection", "Proof"]
