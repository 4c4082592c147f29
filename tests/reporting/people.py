"""Officials with real accounts, signed in to pages."""

from datetime import date
from itertools import count

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from motcua.dossiers.tests.conftest import MONDAY, SYSTEM
from motcua.dossiers.tests.counter import BACKEND, PASSPHRASE
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Actor

_numbers = count(1)


def signed_in(role, agency, **more):
    """Return a browser in which an official of a role has signed in, and who it is."""
    cache.clear()
    number = next(_numbers)
    name = "Lê Hoài Nam"
    details = Details(
        personal_id=f"001090{number + 500000:06}",
        name=name,
        birth_date=date(1990, 1, 1),
        sex="male",
        phone=f"+8493200{number:04}",
        email=f"bao-cao{number}@example.vn",
    )
    account = register(details, passphrase=PASSPHRASE, by=SYSTEM, at=MONDAY)
    make_official(account, agency, role, role.value, by=SYSTEM, at=MONDAY)
    client = Client(**more)
    client.force_login(get_user_model().objects.get(pk=account), backend=BACKEND)
    session = client.session
    session["acting_for"] = agency
    session.save()
    return client, Actor(account, name, agency, frozenset({role}))
