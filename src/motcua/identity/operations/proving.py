"""That an account is in the hands of the person whose number it names: an official saw it."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import IdentityProven
from motcua.identity.models import Account
from motcua.identity.queries.proving import is_proof_code
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden, Invalid
from motcua.kernel.folding import fold
from motcua.kernel.text import N_


class ClerksProve(Forbidden):
    code = "identity.clerks-prove"
    message = N_(
        "Only clerks of the one-stop desk confirm who somebody is. Sign in with that post."
    )


class NotProven(Invalid):
    """Card and account differ, or the code is not the account's; it is not told which."""

    code = "identity.not-proven"
    message = N_(
        "Number, name, birth date and code do not belong to one account. Compare them with the "
        "card again; the code stands on the person's own page “Identity” and changes every ten "
        "minutes."
    )


@dataclass(frozen=True, slots=True)
class CardSeen:
    """What stands on the card that the person showed, whose face is theirs."""

    number: str
    name: str
    born: date | None


@one_transaction
def prove_identity(card: CardSeen, code: str, *, by: Actor, at: datetime) -> str:
    """
    Note that the owner of an account stood before the actor with their card; return their name.

    The code is what the owner is shown when signed in: who merely opened an account under
    somebody's number does not get it proven when that person comes with their card.

    :raises ClerksProve: if the actor is no clerk, or it is their own account
    :raises NotProven: if card, account and code do not belong together
    """
    if by.agency is None or not by.serves(by.agency, Role.CLERK):
        raise ClerksProve
    number = "".join(card.number.split())
    account = Account.objects.select_for_update().filter(personal_id=number, is_active=True).first()
    if account is None or not is_proof_code(str(account.pk), code, at=at):
        raise NotProven
    if fold(account.name) != fold(card.name) or account.birth_date != card.born:
        raise NotProven
    if str(account.pk) == by.id:
        raise ClerksProve
    if account.proven_at is None:
        account.proven_at, account.proven_by, account.proven_agency = at, by.id, by.agency
        account.save(update_fields=["proven_at", "proven_by", "proven_agency"])
        announce(IdentityProven(subject=str(account.pk), agency=by.agency), by=by, at=at)
    return account.name
