"""What the portal writes to people about their accounts."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.backbone.mail import Letter, post_letter
from motcua.identity.models import Account, Registration
from motcua.identity.operations.passphrases import reset_key_of
from motcua.identity.operations.registering import code_of, owners_of

SIGN_IN, FORGOTTEN, RESET, MINE = (
    "/tai-khoan/dang-nhap/",
    "/tai-khoan/quen-mat-khau/",
    "/tai-khoan/dat-lai/",
    "/tai-khoan/",
)


def answer_registration(asked: Registration) -> None:
    """Mail the code to a new person, or tell the owner of an account that somebody tried."""
    owners = owners_of(asked)
    for owner in owners:
        with override(owner.language):
            post_letter(_already(), to=owner.email)
    if not owners:
        with override(asked.language):
            post_letter(_code(asked), to=asked.email)


def send_reset_link(account: Account) -> None:
    """Mail the link by which the owner of an account chooses a new passphrase."""
    with override(account.language):
        letter = Letter(
            _("Choose a new passphrase"),
            (
                _("Dear {name},").format(name=account.name),
                _("You asked for a new passphrase. Choose it within an hour."),
                _("If it was not you, do nothing: your passphrase stays as it is."),
            ),
            f"{RESET}?key={reset_key_of(account)}",
            _("Choose a new passphrase"),
        )
        post_letter(letter, to=account.email)


def confirm_new_passphrase(account: Account) -> None:
    """Tell the owner of an account that its passphrase was changed."""
    with override(account.language):
        letter = Letter(
            _("Your passphrase was changed"),
            (
                _("Dear {name},").format(name=account.name),
                _("The passphrase of your account was changed, and all other devices signed out."),
                _("If it was not you, choose a new passphrase now."),
            ),
            FORGOTTEN,
            _("Choose a new passphrase"),
        )
        post_letter(letter, to=account.email)


def confirm_new_contact(name: str, language: str, *, to: str) -> None:
    """Tell a person, at an old or a new address, that phone number or address were changed."""
    with override(language):
        letter = Letter(
            _("Your phone number or e-mail address was changed"),
            (
                _("Dear {name},").format(name=name),
                _("From now on we use what you gave on the page of your account."),
                _("If it was not you, choose a new passphrase now, then correct it."),
            ),
            MINE,
            _("My account"),
        )
        post_letter(letter, to=to)


def _code(asked: Registration) -> Letter:
    return Letter(
        _("{code} is your code").format(code=code_of(asked)),
        (
            _("Dear {name},").format(name=asked.name),
            _("Type this code where you registered: {code}").format(code=code_of(asked)),
            _("It is good for one hour. No official ever asks you for it."),
            _("If you did not register, do nothing: there will be no account."),
        ),
    )


def _already() -> Letter:
    return Letter(
        _("You have an account already"),
        (
            _("Somebody wanted to register with your number, phone or e-mail address."),
            _("If it was you, sign in; you can also choose a new passphrase there."),
            _("If it was not you, do nothing: nobody was told that you have an account."),
        ),
        SIGN_IN,
        _("Sign in"),
    )
