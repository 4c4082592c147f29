"""The command line: what it lists, what the doctor sees, what can be done about jobs."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils.timezone import now

import motcua
from motcua.backbone.failing import note_failure
from motcua.backbone.jobs import jobs
from motcua.backbone.models import Entry
from motcua.backbone.trouble import Trouble
from motcua.config import doctor
from motcua.config.cli import main, measures_kept
from motcua.config.commands import GROUPS, execute, print_help
from motcua.config.parts import SUPERVISED, Place
from motcua.config.running import mark_demo

PEM = Path(__file__).parent / "certificate.pem"


def said(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_help_lists_every_command_promised_with_a_line_each(capsys):
    print_help()
    listed = {
        line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line[:2] == "  "
    }
    for commands in GROUPS.values():
        for name in commands:
            assert len(listed[name].split()) > 2, name
    assert "prepare" not in listed


@pytest.mark.django_db
def test_the_doctor_finds_nothing_wrong_with_tables_and_extensions():
    looked = [doctor.versions(), doctor.database(), doctor.extensions(), doctor.migrations()]
    assert all(finding.well for finding in looked), looked
    assert doctor.clock().well


@pytest.mark.django_db
def test_the_doctor_says_what_to_do_without_a_worker():
    finding = doctor.worker()
    assert not finding.well
    assert "motcua worker" in finding.advice


def test_the_doctor_sees_a_secret_that_others_can_read(tmp_path, settings, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings.VAR = tmp_path
    (tmp_path / "secret-key").write_text("x")
    (tmp_path / "secret-key").chmod(0o644)
    assert not doctor.secret_key().well
    (tmp_path / "secret-key").chmod(0o600)
    assert doctor.secret_key().well


def test_the_doctor_sees_a_portal_that_others_reach_without_tls(settings):
    settings.BASE_URL, settings.HTTPS = "http://mot-cua.example", False
    assert not doctor.addresses().well


def test_the_doctor_reads_when_a_certificate_ends():
    assert doctor.end_of(PEM.read_text()) == datetime(2126, 11, 23, 16, 23, 43, tzinfo=UTC)
    with pytest.raises(OSError, match="PEM"):
        doctor.end_of("no certificate")


@pytest.mark.django_db
def test_a_command_on_a_database_without_tables_says_what_to_run():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_jobs RENAME TO gone")
    with pytest.raises(Trouble, match="motcua migrate"):
        execute(["jobs"])


def test_publishing_packs_from_a_folder_without_any_says_what_it_should_hold(tmp_path):
    with pytest.raises(CommandError, match=r"procedure\.yaml"):
        said("packs", "publish", str(tmp_path))


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """A folder that is no portal's."""
    for name in ("DATABASE_URL", SUPERVISED, "MOTCUA_VAR", "SECRET_KEY", "BANK_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_packs_are_written_and_tried_anywhere_and_nothing_else_is_left_there(nowhere):
    command = Path(sys.executable).parent / "motcua"
    source = {
        "PYTHONPATH": str(Path(motcua.__path__[0]).parent),
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }
    for arguments in (["new", "1.009999"], ["test", "1.009999"]):
        subprocess.run([command, "packs", *arguments], env={**os.environ, **source}, check=True)
    assert [each.name for each in nowhere.iterdir()] == ["1.009999"]


def test_packs_are_not_published_into_a_new_database_where_no_portal_is(nowhere, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["motcua", "packs", "publish", "1.009999"])
    with pytest.raises(SystemExit, match="Run this in the portal's folder"):
        main()
    assert list(nowhere.iterdir()) == []


def test_measures_lie_in_memory_and_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    memory, var = tmp_path / "memory", tmp_path / "var"
    memory.mkdir()
    with measures_kept(var, memory) as first:
        assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(first)
        (first / "counter_1.db").touch()
        with measures_kept(var, memory) as second:
            assert list(memory.iterdir()) == [second]
    assert list(memory.iterdir()) == []
    with measures_kept(var, tmp_path / "none") as here:
        assert here.parent == var


@pytest.fixture
def failed():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
            "VALUES ('events', 'backbone.deliver', '{}', 'failed') RETURNING id"
        )
        return cursor.fetchone()[0]


def state(job):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        row = cursor.fetchone()
    return row and row[0]


@pytest.mark.django_db
def test_a_failed_job_is_listed_with_its_cause_and_can_be_done_again(failed):
    note_failure(failed, RuntimeError("the printer is on fire"), given={}, at=now())
    listed = said("jobs", "--language", "en")
    assert "backbone.deliver: 1 failed, 0 wait for a retry" in listed
    assert f"{failed}  failed    backbone.deliver  0 tries" in listed
    assert "RuntimeError: the printer is on fire" in listed
    assert "Tiếp theo: motcua jobs show" in said("jobs", "--language", "vi", "list")
    assert "RuntimeError" in said("jobs", "show", str(failed))
    assert "test_commands" not in said("jobs", "list", "--task", "notices.mail")
    said("jobs", "retry", str(failed))
    assert state(failed) == "todo"


@pytest.mark.django_db(transaction=True)
def test_what_can_be_retried_is_and_what_cannot_is_told(failed):
    with pytest.raises(CommandError, match="There is no job 999999"):
        said("jobs", "--language", "en", "retry", "999999", str(failed))
    assert state(failed) == "todo"
    with pytest.raises(CommandError, match="--task NAME"):
        said("jobs", "--language", "en", "retry")


@pytest.mark.django_db
def test_all_failed_jobs_of_a_task_are_retried_at_once(failed):
    assert "1 jobs of this task" in said(
        "jobs", "--language", "en", "retry", "--task", "backbone.deliver"
    )
    assert state(failed) == "todo"


@pytest.mark.django_db
def test_a_failed_or_waiting_job_can_be_given_up_for_a_reason(failed):
    why = ("--reason", "it was told by telephone")
    said("jobs", "give-up", str(failed), *why)
    assert state(failed) is None
    waiting = int(said("jobs", "run", "backbone.sweep"))
    with pytest.raises(CommandError, match="10"):
        said("jobs", "give-up", str(waiting), "--reason", "no")
    said("jobs", "give-up", str(waiting), *why)
    assert state(waiting) is None
    told = Entry.objects.filter(name="portal.job-given-up").order_by("pk")
    assert [each.subject for each in told] == [str(failed), str(waiting)]
    assert told[0].by.startswith("system:jobs:")
    with pytest.raises(CommandError, match=str(waiting)):
        said("jobs", "give-up", str(waiting), *why)


@pytest.mark.django_db
def test_the_doctor_tells_failed_and_late_jobs_by_queue(failed):
    assert failed
    assert "events 1" in doctor.failed_jobs().seen
    assert doctor.late_jobs().well
    said("jobs", "run", "backbone.sweep")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour'")
    late = doctor.late_jobs()
    assert not late.well
    assert "upkeep 36" in late.seen


@pytest.mark.django_db
def test_the_doctor_sees_a_member_that_cannot_sign_and_a_key_that_ends(settings, tmp_path):
    settings.VAR, settings.EXCHANGE_MEMBERS, settings.EXCHANGE_LOGS = (
        tmp_path,
        ("000.00.00.H26",),
        (),
    )
    (finding,) = doctor.exchange()
    assert not finding.well
    assert "motcua exchange key new 000.00.00.H26" in finding.advice
    said("exchange", "ca", "new")
    said("exchange", "member", "invite", "000.00.00.H26", "Hà Nội")
    said("exchange", "key", "new", "--days", "20")
    (finding,) = doctor.exchange()
    assert not finding.well
    assert "key rotate" in finding.advice
    said("exchange", "key", "rotate")
    assert [each.well for each in doctor.exchange()] == [True]


@pytest.mark.django_db
def test_only_jobs_of_the_clock_can_be_run_by_name():
    with pytest.raises(CommandError, match=r"backbone\.sweep"):
        said("jobs", "run", "backbone.deliver")
    assert "backbone.take-up-stalled" in jobs.tasks


def test_commands_beside_a_demonstration_know_that_it_is_one(tmp_path, monkeypatch):
    monkeypatch.delenv("MOTCUA_DEMO", raising=False)
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path))
    read = [
        sys.executable,
        "-c",
        "from motcua.config import settings as s; print(s.EXCHANGE_MEMBERS)",
    ]
    for demo, member in ((True, "000.00.00.H26"), (False, "()")):
        mark_demo(Place(var=tmp_path, port=1, host="", demo=demo))
        told = subprocess.run(read, capture_output=True, text=True, check=True)
        assert member in told.stdout
