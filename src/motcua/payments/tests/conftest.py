import threading
from dataclasses import dataclass

import pytest
from django.conf import settings as django_settings

from motcua.payments.adapters.sandbox.server import RunningBank
from motcua.payments.rules.signatures import SigningKey

KEY = SigningKey("motcua", "k" * 40)
SILENT = "http://127.0.0.1:9"


def options(url):
    return {
        **django_settings.SANDBOX_BANK,
        "url": url,
        "key_id": KEY.id,
        "secret": KEY.secret,
    }


@pytest.fixture
def silent_bank(settings):
    """The portal is set up for a bank that nobody answers for."""
    settings.PAYMENT_PROVIDERS = {"sandbox": options(SILENT)}


@dataclass
class Town:
    """A portal and a bank, each listening, each with the other's address."""

    portal: str
    bank: str
    running: RunningBank


@pytest.fixture
def town(settings, live_server, tmp_path):
    running = RunningBank(
        host="127.0.0.1",
        port=0,
        database=tmp_path / "bank.db",
        call_back=f"{live_server.url}/thanh-toan/goi-lai/sandbox/",
        key=KEY,
    )
    thread = threading.Thread(target=running.serve)
    thread.start()
    url = f"http://127.0.0.1:{running.port}"
    settings.PAYMENT_PROVIDERS = {"sandbox": options(url)}
    yield Town(live_server.url, url, running)
    running.stop()
    thread.join()
