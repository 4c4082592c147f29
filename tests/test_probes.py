"""What machines that watch are told: alive, ready, measured; and not told to strangers."""

import pytest
from django.db import OperationalError, connection


def heartbeat(seconds_ago):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s))",
            [seconds_ago],
        )


def test_a_process_that_answers_says_so_without_the_database(client):
    answer = client.get("/healthz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_portal_with_a_living_worker_is_ready(client):
    heartbeat(2)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "worker": True}


@pytest.mark.django_db
def test_a_portal_whose_worker_fell_silent_is_not_ready(client):
    heartbeat(600)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["worker"] is False


def test_a_portal_without_database_is_not_ready_but_answers(client, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr("motcua.config.probes.unapplied_migrations", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


@pytest.mark.django_db
def test_measures_name_views_and_jobs_but_no_address_anyone_typed(client):
    client.get("/tim-kiem/?q=Nguyen+Thi+Huong")
    text = client.get("/metrics").content.decode()
    assert 'motcua_jobs{state="failed"}' in text
    assert "motcua_disk_free_bytes" in text
    assert "motcua_http_requests_total{" in text
    assert "Huong" not in text


@pytest.mark.django_db
def test_measures_tell_failed_and_waiting_jobs_by_queue(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at) VALUES "
            "('mail', 'x', 'failed', NULL), ('mail', 'x', 'todo', now() - interval '90 s'), "
            "('events', 'x', 'todo', NULL), ('later', 'x', 'todo', now() + interval '1 h')"
        )
    text = client.get("/metrics").content.decode()
    assert 'motcua_jobs_failed{queue="mail"} 1.0' in text
    assert 'motcua_jobs_longest_wait_seconds{queue="mail"} 9' in text
    assert 'motcua_jobs_longest_wait_seconds{queue="events"}' in text
    assert 'queue="later"' not in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "address", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "203.0.113.9", 403),
        ({}, "", 403),
        ({"X-Forwarded-For": "203.0.113.9"}, "127.0.0.1", 403),
        ({"Authorization": "Bearer sesame"}, "203.0.113.9", 200),
        ({"Authorization": "Bearer wrong"}, "203.0.113.9", 403),
    ],
)
def test_only_this_machine_or_who_has_the_token_reads_measures(
    client, settings, sent, address, status
):
    settings.METRICS_TOKEN = "sesame"
    assert client.get("/metrics", headers=sent, REMOTE_ADDR=address).status_code == status
