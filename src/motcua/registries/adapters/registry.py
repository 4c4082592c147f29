"""Which vendors there are, and which registry is reached by which of them."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema_rs
from django.conf import settings

from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.registries.adapters.base import Registry
from motcua.registries.adapters.exchange.client import ThroughExchange
from motcua.registries.rules.answers import Register

VENDORS: dict[str, type[Registry]] = {"exchange": ThroughExchange}


class NoSuchRegistry(NotFound):
    code = "registries.no-such-registry"
    message = N_("This portal does not ask that registry. Fill in what it would have told.")


class WrongOptions(ValueError):
    """The settings of a registry do not fit its vendor's schema; the message says where."""


def registry(register: Register) -> Registry:
    """
    Return a registry this portal asks.

    :raises NoSuchRegistry: if it does not ask it
    :raises WrongOptions: if its settings are wrong
    """
    options = settings.REGISTRIES.get(str(register))
    if options is None or options.get("vendor") not in VENDORS:
        raise NoSuchRegistry
    return _made(str(register), json.dumps(options, sort_keys=True))


@cache
def _made(register: str, options: str) -> Registry:
    given: dict[str, Any] = json.loads(options)
    vendor = VENDORS[given.pop("vendor")]
    problems = [
        f"{'.'.join(map(str, problem.instance_path)) or register}: {problem.message}"
        for problem in jsonschema_rs.validator_for(vendor.options_schema).iter_errors(given)
    ]
    if problems:
        raise WrongOptions(f"registry {register}: " + "; ".join(problems))
    made: Callable[..., Registry] = vendor
    return made(register=Register(register), **given)
