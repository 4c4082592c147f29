"""A hub and a province: two members of one process, whose calls pass through the whole gateway."""

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.tests.conftest import a_file, answers, definition, ward
from motcua.dossiers.tests.counter import Counter
from motcua.exchange.tests.conftest import _own_files, wire
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import agreement, now, offered
from motcua.forwarding.api.gateway import SERVICE, answer
from motcua.forwarding.models import Handed
from motcua.forwarding.operations import handing_in
from motcua.forwarding.queries import directory
from tests.forwarding.desk import begun, office, taken

__all__ = ["_own_files", "begun", "definition", "office", "taken", "ward", "wire"]

HUB, PROVINCE = POLICE, HANOI


@pytest.fixture
def agreed(wire, settings, monkeypatch):
    """The hub may hand dossiers on to the province, whose agencies are elsewhere for it."""
    settings.EXCHANGE_MEMBERS = (HUB, PROVINCE)
    monkeypatch.setattr(directory, "own_members", lambda: (HUB,))
    monkeypatch.setattr(handing_in, "own_members", lambda: (HUB,))
    monkeypatch.setattr(directory, "_read", lambda: {"H26": PROVINCE})
    directory.forget_providers()

    def at_the_province(call):
        with monkeypatch.context() as there:
            there.setattr(directory, "own_members", lambda: (PROVINCE,))
            with transaction.atomic():
                return answer(call)

    service = offered(at_the_province, SERVICE, provider=PROVINCE)
    wire.agreement = agreement("settle-dossier", consumer=HUB, service=service)
    return wire


@pytest.fixture
def counter(definition, monkeypatch):
    """Accounts of citizens and officials; the province knows Lan by her card."""
    made = Counter(definition).open()
    get_user_model().objects.filter(pk=made.actor("lan").id).update(proven_at=now())
    return made


@pytest.fixture
def handed_in(agreed, counter):
    """File something at the hub; say what differs."""

    def filing(reference="1", **facts):
        who = counter.actor("lan")
        known = {"pack": counter.definition, "answers": answers(), "source": "test"}
        known |= {"papers": {"proof": [a_file(who, now())]}, "reference": reference} | facts
        code = file_dossier(Filing(**known), by=who, at=now()).code
        return Handed.objects.get(code=code)

    return filing


def down(request):
    """Be a portal that does not answer."""
    raise httpx.ConnectError("down")
