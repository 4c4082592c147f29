"""Which reminders come by e-mail is for each person to choose; in the portal all are there."""

import pytest
from django.core import mail

from motcua.identity.queries.people import actor_for
from motcua.notices.operations.choosing import choose_mail
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.notices.queries.choices import reminders_by_mail
from motcua.notices.queries.mine import my_notices
from motcua.notices.tests.conftest import NOON

HURRY = Kind("tests.hurry", "Hurry", "Soon over", "See", reminder="fee")
register_kinds(HURRY)


def remind(person, source):
    tell(person, HURRY.name, subject="x", facts={}, link="/", at=NOON, source=source)


def test_a_reminder_comes_by_e_mail_until_a_person_wants_none(huong, reader, work):
    me, other = actor_for(huong), actor_for(reader)
    remind(huong, "1")
    work()
    assert len(mail.outbox) == 1
    choose_mail(["supplement"], by=me)
    choose_mail(["supplement"], by=me)
    remind(huong, "2")
    remind(reader, "2")
    work()
    assert len(mail.outbox) == 2
    assert len(my_notices(by=me).notices) == 2
    assert {name: wanted for name, (_w, wanted) in reminders_by_mail(by=me).items()} == {
        "supplement": True,
        "fee": False,
        "appointment": False,
    }
    assert all(wanted for _words, wanted in reminders_by_mail(by=other).values())
    choose_mail(["supplement", "fee"], by=me)
    remind(huong, "3")
    work()
    assert len(mail.outbox) == 3


def test_nobody_is_reminded_of_what_nobody_can_choose():
    with pytest.raises(ValueError, match="reminded"):
        register_kinds(Kind("tests.odd", "Odd", "Odd", "Odd", reminder="rain"))


def test_the_page_keeps_the_choice(huong, client, django_user_model):
    assert client.get("/thong-bao/qua-thu/").status_code == 302
    account = django_user_model.objects.get(pk=huong)
    client.force_login(account, backend="motcua.identity.adapters.passphrases.PassphraseBackend")
    page = client.get("/thong-bao/qua-thu/").content.decode()
    assert page.count("checked") == 3
    assert client.post("/thong-bao/qua-thu/", {"wanted": ["fee", "weird"]}).status_code == 302
    page = client.get("/thong-bao/qua-thu/").content.decode()
    assert page.count("checked") == 1
