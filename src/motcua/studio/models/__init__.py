from motcua.studio.models.drafts import Change, Draft
from motcua.studio.models.withdrawals import Withdrawal

__all__ = ["Change", "Draft", "Withdrawal"]
