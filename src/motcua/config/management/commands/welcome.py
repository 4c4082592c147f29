from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.timezone import now

from motcua.config.terminal import say
from motcua.identity.operations.demo import DEMO_PASSPHRASE, DemoAccount, open_demo_accounts
from motcua.kernel.actors import Actor

OFFICE = "000.00.61.H26"
"""The commune committee whose officials are listed; the others sign in alike."""
PUBLISHER = "quan-tri.ha-noi@motcua.example"
"""A second administrator, who publishes the service packs that the first has written."""


class Command(BaseCommand):
    help = "Print where the portal is and who may sign in to the demonstration."
    requires_system_checks = []

    def handle(self, **_: Any) -> None:
        print()
        say(f"Cổng đã mở tại {settings.BASE_URL}/", f"The portal is at {settings.BASE_URL}/")
        if settings.DEMO:
            print()
            say(f"Mật khẩu dùng thử: {DEMO_PASSPHRASE}", "passphrase of every demo account")
            for account in open_demo_accounts(by=Actor.system("demo"), at=now()):
                if account.agency in {"", OFFICE} or account.email == PUBLISHER:
                    print(f"    {account.email:<38}{account.name:<20}{_what(account)}")
        print()
        say("Nhấn Ctrl-C để dừng; dữ liệu vẫn được giữ", "Press Ctrl-C to stop; all data are kept")


def _what(account: DemoAccount) -> str:
    return account.title or "người dân · citizen"
