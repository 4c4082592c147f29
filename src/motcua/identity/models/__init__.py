from motcua.identity.models.account import Account
from motcua.identity.models.authority import Authority
from motcua.identity.models.party import Party
from motcua.identity.models.question import LookQuestion
from motcua.identity.models.registration import Registration
from motcua.identity.models.relative import Relative
from motcua.identity.models.token import Token

__all__ = [
    "Account",
    "Authority",
    "LookQuestion",
    "Party",
    "Registration",
    "Relative",
    "Token",
]
