"""What the portal's tables hold from the start, and what only the demonstration adds."""

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from motcua.agencies.operations.reference import load_electronic_ids, load_units
from motcua.backbone.carried import is_loaded, mark_of_package, note_loaded
from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.config.registers import PEOPLE, let_tell, load_registers
from motcua.config.terminal import step
from motcua.exchange.operations.demo import seed_members
from motcua.identity.operations.demo import DemoAccount, open_demo_accounts
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import publish_folders


def load_where_changed(*, at: datetime) -> None:
    """
    Load what every portal needs, and the demonstration where it belongs to it.

    What was loaded of this very package, under these settings, is there still. The demonstration is
    looked through once a day all the same: its keys and agreements end one day.
    """
    mark = mark_of_package()
    if not is_loaded("reference", mark):
        load_reference(at=at)
        note_loaded("reference", mark, at=at)
    mark = mark_of_package(
        settings.BASE_URL,
        settings.REGISTRAR_URL,
        settings.REGISTERS,
        settings.EXCHANGE_MEMBERS,
        localdate(at),
    )
    if settings.DEMO and not is_loaded("demo", mark):
        load_demo(at=at)
        note_loaded("demo", mark, at=at)


def load_reference(*, at: datetime) -> None:
    """Load what every portal needs: administrative units, electronic ids, service packs."""
    with step("Nạp đơn vị hành chính", "Loading administrative units"):
        load_units(by=Actor.system("load-reference"), at=at)
        load_electronic_ids(by=Actor.system("load-reference"), at=at)
    with step("Nạp các gói dịch vụ trực tuyến", "Loading the service packs"):
        list(publish_folders(by=Actor.system("load-reference"), at=at))


def load_demo(*, people: int = PEOPLE, at: datetime) -> tuple[DemoAccount, ...]:
    """
    Load what the demonstration shows, and return who can sign in to it.

    :param people: how many people the national registers hold
    """
    with step("Nạp danh mục thủ tục thường gặp", "Loading a catalogue of common procedures"):
        load_demo_catalogue(by=Actor.system("demo"), at=at)
    with step("Nạp cơ quan và tài khoản dùng thử", "Loading demo agencies and accounts"):
        accounts = open_demo_accounts(by=Actor.system("demo"), at=at)
    with step("Lập trục chia sẻ: thành viên, khóa", "Setting up the exchange: members, keys"):
        seed_members(address=settings.BASE_URL, by=Actor.system("demo"), at=at)
    with step("Lập sổ gốc quốc gia mẫu", "Filling the demo's national registers"):
        load_registers(accounts, people=people, at=at)
        let_tell(at=at)
    return accounts
