from datetime import timedelta

import pytest

from motcua.identity.models import Account
from motcua.identity.operations.demo import DEMO_PASSPHRASE, open_demo_accounts
from motcua.identity.queries.acting import acting_as
from motcua.identity.rules.persons import Details, problems_of
from motcua.identity.tests.conftest import EARLIER, PORTAL
from motcua.kernel.actors import Role

pytestmark = pytest.mark.django_db


def test_the_demo_has_citizens_and_every_kind_of_official_and_comes_twice_to_the_same(hanoi, enter):
    first = open_demo_accounts(by=PORTAL, at=EARLIER)
    assert open_demo_accounts(by=PORTAL, at=EARLIER) == first
    later = EARLIER + timedelta(days=1)
    roles = {
        role
        for one in first
        if one.agency
        for role in acting_as(one.id, one.name, agency=one.agency, at=later).roles
    }
    assert roles == set(Role)
    assert sum(not one.agency for one in first) == 3
    for account in Account.objects.all():
        details = Details(**{field: getattr(account, field) for field in Details.__slots__})
        assert list(problems_of(details, on=EARLIER.date())) == []
    assert enter("huong@motcua.example", DEMO_PASSPHRASE).status_code == 302
