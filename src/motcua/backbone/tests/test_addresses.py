"""Nobody chooses the address they are counted under."""

import pytest

FORGED = {"X-Forwarded-For": "6.6.6.6, 1.2.3.4"}


def address_seen(client):
    return client.get("/tro-giup/", headers=FORGED).wsgi_request.META["REMOTE_ADDR"]


@pytest.mark.parametrize(("behind", "address"), [(False, "127.0.0.1"), (True, "1.2.3.4")])
def test_only_what_our_own_proxy_saw_counts(client, settings, db, behind, address):
    settings.BEHIND_PROXY = behind
    assert address_seen(client) == address
