"""Accounts to try the portal with: three citizens, and an official for every demo post."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from zlib import crc32

from django.contrib.auth.hashers import make_password

from motcua.agencies.operations.demo import DEMO_AGENCIES, DemoAgency, demo_posts, seed_demo
from motcua.backbone.transactions import one_transaction
from motcua.identity.models import Account
from motcua.identity.rules.persons import Details
from motcua.kernel.actors import Actor

__all__ = ["DEMO_CITIZENS", "DEMO_PASSPHRASE", "DemoAccount", "open_demo_accounts"]

DEMO_PASSPHRASE = "mở cửa đón bình minh"
"""Of every demo account, and public: only `motcua demo` uses it."""

DEMO_CITIZENS = (
    Details(
        personal_id="001195012345",
        name="Nguyễn Thị Hương",
        birth_date=date(1995, 3, 14),
        sex="female",
        phone="+84912345678",
        email="huong@motcua.example",
    ),
    Details(
        personal_id="001092023456",
        name="Trần Minh Quân",
        birth_date=date(1992, 8, 2),
        sex="male",
        phone="+84912345679",
        email="quan@motcua.example",
    ),
    Details(
        personal_id="046158034567",
        name="Lê Thị Sáu",
        birth_date=date(1958, 11, 20),
        sex="female",
        phone="+84912345680",
        email="sau@motcua.example",
        language="en",
    ),
)
"""A young mother, her husband, and a grandmother who reads English."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Who can sign in, by ``email`` or ``personal_id``, and what for; titles are Vietnamese."""

    id: str
    name: str
    email: str
    personal_id: str
    birth_date: date | None
    sex: str
    agency: str
    title: str


@one_transaction
def open_demo_accounts(
    *, agencies: Sequence[DemoAgency] = DEMO_AGENCIES, by: Actor, at: datetime
) -> tuple[DemoAccount, ...]:
    """
    Open what is missing of the demo accounts and agencies, and return all accounts.

    :raises NotYourAgency: if ``by`` is not the portal itself
    :raises NoSuchUnit: if the administrative units are not loaded
    """
    wanted = {details.email: details for details in (*DEMO_CITIZENS, *_officials(agencies))}
    known = set(Account.objects.filter(email__in=wanted).values_list("email", flat=True))
    if missing := [details for email, details in wanted.items() if email not in known]:
        password = make_password(DEMO_PASSPHRASE)
        Account.objects.bulk_create(
            Account(**asdict(each), password=password, opened_at=at, proven_at=at)
            for each in missing
        )
    accounts = {a.email: a for a in Account.objects.filter(email__in=wanted)}
    posts = {_email(post.key): (agency, post) for agency, post in demo_posts(agencies)}
    holders = {post.key: str(accounts[email].pk) for email, (_, post) in posts.items()}
    seed_demo(holders, agencies=agencies, by=by, at=at)
    return tuple(
        DemoAccount(
            id=str(accounts[email].pk),
            name=details.name,
            email=email,
            personal_id=details.personal_id,
            birth_date=details.birth_date,
            sex=details.sex,
            agency=posts[email][0] if email in posts else "",
            title=posts[email][1].title if email in posts else "",
        )
        for email, details in wanted.items()
    )


def _officials(agencies: Sequence[DemoAgency]) -> Iterator[Details]:
    """Yield the officials, each with numbers made of their key, whoever else there is or was."""
    for _, post in demo_posts(agencies):
        number = crc32(post.key.encode()) % 1_000_000
        female = "Thị" in post.name
        born = date(1975 + number % 20, 1 + number % 12, 1 + number % 28)
        yield Details(
            personal_id=f"001{int(female)}{born:%y}{number:06}",
            name=post.name,
            birth_date=born,
            sex="female" if female else "male",
            phone=f"+84906{number:06}",
            email=_email(post.key),
        )


def _email(key: str) -> str:
    return f"{key}@motcua.example"
