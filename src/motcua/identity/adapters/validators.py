"""How strong a passphrase must be: Django's rules, said in our words."""

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class LongEnough(django.MinimumLengthValidator):
    """Length is what makes a passphrase strong."""

    def get_error_message(self) -> str:
        """Say how long it must be."""
        return _(
            "Use at least {least} characters: four or five words are easy to remember."
        ).format(least=self.min_length)


class NotAboutYou(django.UserAttributeSimilarityValidator):
    """Not the owner's name, number, phone or address."""

    def get_error_message(self) -> str:
        """Say what to leave out."""
        return _("Leave out your own name, number, phone and e-mail address.")


class NotCommon(django.CommonPasswordValidator):
    """Not one of those that are tried first."""

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return _("Choose another one: this is among the first that others would try.")


class NotOnlyDigits(django.NumericPasswordValidator):
    """Not a date or a phone number."""

    def get_error_message(self) -> str:
        """Say what to add."""
        return _("Add some words: digits alone are easy to guess.")
