from motcua.identity.models.account import Account
from motcua.identity.models.question import LookQuestion
from motcua.identity.models.registration import Registration
from motcua.identity.models.token import Token

__all__ = ["Account", "LookQuestion", "Registration", "Token"]
