"""Proofs in the hands of people: whose logs are numbered, and what the commands say."""

import json

import pytest
from django.core.management import CommandError, call_command

from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.jobs import number_entries
from motcua.exchange.management.subcommands.verify import WRONG
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.calling import call
from motcua.exchange.queries.trust import anchors_pem
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, agreement, now


@pytest.fixture
def asked(wire):
    """Ask once, and return the two entries of it: the consumer's and the provider's."""
    agreement()
    call(POLICE, ECHO, body=b"1", purpose="settle-dossier", at=now())
    rows = {row.log: row for row in LogEntry.objects.all()}
    return rows[HANOI], rows[POLICE]


@pytest.fixture
def proof(asked, capsys, tmp_path):
    """Return the file of a proof, with the anchors beside it."""
    call_command("exchange", "prove", str(asked[0].id))
    place = tmp_path / "proof.json"
    place.write_text(capsys.readouterr().out)
    (tmp_path / "anchors.pem").write_text(anchors_pem())
    return place


def checked(proof, capsys, *more):
    """Return what the command says of a proof with a fault."""
    with pytest.raises(CommandError):
        call_command("exchange", "verify", str(proof), *more)
    return capsys.readouterr().out


def test_logs_of_members_that_answer_in_another_process_are_numbered_by_the_worker(asked, settings):
    settings.EXCHANGE_MEMBERS, settings.EXCHANGE_LOGS = (HANOI,), (HANOI, POLICE)
    number_entries(0)
    assert set(LogEntry.objects.values_list("log", "leaf")) == {(HANOI, 0), (POLICE, 0)}


def test_the_other_side_s_entry_is_proved_where_its_log_is_kept_too(asked, settings, capsys):
    settings.EXCHANGE_MEMBERS, settings.EXCHANGE_LOGS = (HANOI,), (HANOI, POLICE)
    call_command("exchange", "prove", str(asked[1].id))
    assert POLICE in json.loads(capsys.readouterr().out)["entry"]


def test_a_member_whose_keys_are_elsewhere_keeps_nobody_from_a_proof(asked, capsys):
    folder(POLICE).rename(folder(POLICE).with_name("elsewhere"))
    call_command("exchange", "prove", str(asked[0].id))
    assert json.loads(capsys.readouterr().out)["leaf"] == 0


def test_every_log_kept_here_is_checked_unless_one_is_named(asked, capsys):
    call_command("exchange", "verify")
    said = capsys.readouterr().out
    assert said.count("1 chờ đánh số · waiting for a number") == 2
    assert said.count("The log is whole") == 2
    call_command("exchange", "verify", "--member", POLICE)
    assert HANOI not in capsys.readouterr().out


def test_a_proof_that_does_not_hold_is_told_in_words(proof, capsys, tmp_path):
    (tmp_path / "none.pem").write_text("")
    said = checked(proof, capsys, "--request", str(tmp_path / "anchors.pem"))
    assert WRONG["request-body"] in said
    altered = json.loads(proof.read_text())
    altered["entry"] = json.dumps(json.loads(altered["entry"]) | {"purpose": "statistics"})
    proof.write_text(json.dumps(altered))
    said = checked(proof, capsys)
    assert WRONG["not-in-the-log"] in said
    assert WRONG["request-differs"] in said


def test_anchors_that_are_no_certificates_are_said_to_be_none(proof, capsys, tmp_path):
    (tmp_path / "none.pem").write_text("nothing")
    with pytest.raises(CommandError, match=r"none\.pem.*PEM"):
        call_command("exchange", "verify", str(proof), "--anchors", str(tmp_path / "none.pem"))
    call_command("exchange", "verify", str(proof), "--anchors", str(tmp_path / "anchors.pem"))
    assert "The proof holds" in capsys.readouterr().out
