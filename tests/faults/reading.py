"""What a reader sees while a replica lags, dies and comes back: run beside two servers."""

import sys
import time
from contextlib import suppress
from pathlib import Path

import django
from tools.rehearsal.servers import pair, until

CODE = "1.001662"
SEARCH, MINE, SIGN_IN = "/tim-kiem/", "/ho-so/", "/tai-khoan/dang-nhap/"


class House:
    """The portal in this process, its two servers, and where it read lately."""

    def __init__(self, var):
        self.primary, self.replica = pair(var)
        self.asked = 0

    def reader(self):
        from django.contrib.auth import get_user_model
        from django.test import Client

        client = Client(SERVER_NAME="localhost")
        person = get_user_model().objects.get(email="huong@motcua.example")
        client.force_login(person, backend="motcua.identity.adapters.passphrases.PassphraseBackend")
        return client

    def search(self):
        """Ask for a page nobody asked for before, as a stranger."""
        from django.test import Client

        self.asked += 1
        address = f"{SEARCH}?q=khai+sinh+{self.asked}"
        return self.where(lambda: Client(SERVER_NAME="localhost").get(address))

    def where(self, ask):
        """Return the database a request read, and its answer."""
        from motcua.backbone.database.reading import READS

        names = ("default", "replica1")
        before = [READS.labels(name)._value.get() for name in names]
        answer = ask()
        after = [READS.labels(name)._value.get() for name in names]
        read = [name for name, a, b in zip(names, after, before, strict=True) if a > b]
        return (read or [""])[0], answer

    def lag(self, paused):
        verb = "pause" if paused else "resume"
        self.replica.ask(f"SELECT pg_wal_replay_{verb}()")


def settled(house):
    """Ask until the replica is read: at first nothing is known of it."""
    until(lambda: house.search()[0] == "replica1", "the replica is read")


def holds(answer, draft):
    return draft in answer.content.decode()


def lagging(house):
    """Whoever wrote sees it at once; others at most a few seconds later; a session ends at once."""
    settled(house)
    writer, other = house.reader(), house.reader()
    other.get(MINE)
    house.lag(paused=True)
    began = writer.post(f"/nop/{CODE}/bat-dau/")
    assert began.status_code == 302, began.status_code
    draft = began["Location"].split("/")[2]
    where, answer = house.where(lambda: writer.get(MINE))
    assert (where, holds(answer, draft)) == ("default", True), where
    where, answer = house.where(lambda: other.get(MINE))
    assert (where, holds(answer, draft)) == ("replica1", False), where
    where, answer = house.where(lambda: writer.get(f"/nop/{CODE}/"))
    assert where == "", "a page that is not marked asks no replica"
    ended = house.reader()
    ended.session.flush()
    assert SIGN_IN in ended.get(MINE)["Location"]
    time.sleep(2.5)
    where, answer = house.where(lambda: other.get(MINE))
    assert (where, holds(answer, draft)) == ("default", True), where
    house.lag(paused=False)
    settled(house)
    where, answer = house.where(lambda: writer.get(MINE))
    assert (where, holds(answer, draft)) == ("replica1", True), where


def dying(house):
    """Without the replica the primary answers, and says so; when it is back it is read again."""
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client

    settled(house)
    client = Client(SERVER_NAME="localhost")
    assert client.get("/readyz").json()["replicas"]["replica1"]["read"]
    assert 'motcua_replica_up{replica="replica1"} 1.0' in client.get("/metrics").content.decode()
    house.replica.kill()
    where, answer = house.search()
    assert (where, answer.status_code) == ("default", 200), where
    assert client.get("/readyz").json()["replicas"] == {
        "replica1": {"read": False, "seconds_behind": None}
    }
    assert 'motcua_replica_up{replica="replica1"} 0.0' in client.get("/metrics").content.decode()
    with suppress(SystemExit):
        call_command("doctor", "--language", "en")
    house.replica.start()
    settled(house)
    assert connections["replica1"].settings_dict["NAME"] == "motcua"


if __name__ == "__main__":
    django.setup()
    {"lagging": lagging, "dying": dying}[sys.argv[1]](House(Path(sys.argv[2])))
    print("seen")
