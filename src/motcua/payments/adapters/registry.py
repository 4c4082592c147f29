"""Which vendors there are, and which of them this portal uses."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
from django.conf import settings

from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.payments.adapters.base import Provider
from motcua.payments.adapters.sandbox.client import SandboxBank

VENDORS: dict[str, type[Provider]] = {"sandbox": SandboxBank}


class NoSuchProvider(NotFound):
    code = "payments.no-such-provider"
    message = N_("This portal does not take payments that way. Choose another way to pay.")


class WrongOptions(ValueError):
    """The settings of a provider do not fit its schema; the message says where."""


def provider_names() -> list[str]:
    """Return the providers this portal uses, the preferred one first."""
    return list(settings.PAYMENT_PROVIDERS)


def provider(name: str) -> Provider:
    """
    Return a provider this portal uses.

    :raises NoSuchProvider: if it does not use one of that name
    :raises WrongOptions: if its settings are wrong
    """
    options = settings.PAYMENT_PROVIDERS.get(name)
    if options is None or name not in VENDORS:
        raise NoSuchProvider
    return _made(name, json.dumps(options, sort_keys=True))


@cache
def _made(name: str, options: str) -> Provider:
    vendor, given = VENDORS[name], json.loads(options)
    return vendor(**_checked(name, given, vendor.options_schema))


def _checked(name: str, given: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    problems = [
        f"{'.'.join(map(str, problem.instance_path)) or name}: {problem.message}"
        for problem in jsonschema_rs.validator_for(schema).iter_errors(given)
    ]
    if problems:
        raise WrongOptions(f"provider {name}: " + "; ".join(problems))
    return given
