"""Every pack that comes with the portal is filed through its pages, in both languages."""

import json
import sys
from datetime import datetime, timedelta
from itertools import chain

import pytest
from django.core.cache import cache
from django.utils import timezone

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import HERE as ZONE
from motcua.dossiers.tests.conftest import SYSTEM
from motcua.identity.operations.demo import DEMO_PASSPHRASE, open_demo_accounts
from motcua.packs.operations.publishing import SHIPPED, publish_folder
from motcua.packs.rules.demands import Channel
from motcua.packs.tests.shipped import CODES, name_of, shipped
from tests.filing.boxes import answers_here, valid_examples
from tests.filing.walking import Walker

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ONLINE = [
    code for code in CODES if Channel.ONLINE in shipped(code).channels and not shipped(code).parts
]
"""Linked packs become several dossiers: they are filed in the dossiers' own tests."""
EXAMPLES = list(chain.from_iterable(valid_examples(code) for code in ONLINE))


@pytest.fixture
def day(monkeypatch):
    """Make it nine o'clock of a day for the whole portal, but for who is signed in."""

    def becomes(day):
        at = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=ZONE)
        for name, module in list(sys.modules.items()):
            ours = name.startswith("motcua.") and name != "motcua.backbone.sessions"
            if ours and getattr(module, "now", None) is timezone.now:
                monkeypatch.setattr(module, "now", lambda: at)
        return at

    return becomes


@pytest.fixture(scope="module")
def _town(held, put_units):
    def build():
        since = datetime(2026, 1, 5, 9, tzinfo=ZONE)
        put_units()
        load_demo_catalogue(by=SYSTEM, at=since)
        open_demo_accounts(by=SYSTEM, at=since)

    held(build)


@pytest.fixture
def citizen(_town, db, client):
    """Hương of the demonstration, signed in where its agencies are open."""
    cache.clear()
    login = {"login": "huong@motcua.example", "passphrase": DEMO_PASSPHRASE}
    assert client.post("/tai-khoan/dang-nhap/", login).status_code == 302
    return client


def filed(citizen, day, example, language):
    """File an example; return who did, having read every page, and the receipt's address."""
    made = json.loads(example.read_text())
    code = example.parent.parent.name
    at = day(made["on"])
    publish_folder(SHIPPED / code, by=SYSTEM, at=at - timedelta(days=200))
    here = answers_here(example, shipped(code).unit_field, today=at.date())
    walker = Walker(citizen, here, language)
    return walker, walker.file(code)


@pytest.mark.parametrize("example", EXAMPLES, ids=name_of)
def test_an_example_is_filed_from_the_procedure_to_the_receipt(citizen, day, example):
    language = "vi" if EXAMPLES.index(example) % 2 else "en"
    walker, receipt = filed(citizen, day, example, language)
    walker.see(receipt)
    dossier = Dossier.objects.get()
    walker.see(f"/ho-so/{dossier.code}/")
    assert citizen.get(f"{receipt.rstrip('/')}.pdf/").content.startswith(b"%PDF")
    assert dossier.procedure == example.parent.parent.name
