"""Everything the portal says, it says in Vietnamese."""

from tools.messages import missing


def test_every_message_has_its_vietnamese():
    assert list(missing()) == []
