"""A write sent again does nothing again, and answers as it did."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.http import JsonResponse
from django.test import RequestFactory

from motcua.backbone.http.once import KeyReused, once, version_seen
from motcua.backbone.http.refusals import StaleVersion, VersionNeeded
from motcua.backbone.models import Entry, GivenAnswer
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict

HUONG = Actor("huong", "Hương")
MANY = 8


def effects():
    return Entry.objects.filter(name="test.effect").count()


def have_effect():
    from django.utils.timezone import now

    Entry.objects.create(name="test.effect", subject="s", facts={}, by="x", at=now())


@once
def write(request):
    have_effect()
    answer = JsonResponse({"said": json.loads(request.body)["say"]}, status=201)
    answer["Location"] = "/there/"
    return answer


def sent(view, *, key="a-key", say="hello", by=HUONG, query=""):
    request = RequestFactory().post(
        f"/api/v1/things/{query}", {"say": say}, content_type="application/json"
    )
    request.META["HTTP_IDEMPOTENCY_KEY"] = key
    request.actor = by
    return view(request)


@pytest.mark.django_db(transaction=True)
def test_eight_equal_requests_at_once_have_one_effect_and_eight_equal_answers():
    gate = Barrier(MANY)

    def one(_):
        try:
            gate.wait()
            answer = sent(write)
            return answer.status_code, answer.content, answer["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        answers = set(pool.map(one, range(MANY)))
    assert answers == {(201, b'{"said": "hello"}', "/there/")}
    assert effects() == 1


@pytest.mark.django_db(transaction=True)
def test_a_late_twin_refused_by_the_rules_still_gets_the_first_answer():
    """The rules refuse the second of two equal requests; its sender must not see that."""
    gate = Barrier(MANY)

    class AlreadyDone(Conflict):
        code = "already-done"

    @once
    def only_one(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(4711)")
        if effects():
            raise AlreadyDone
        have_effect()
        return JsonResponse({"number": effects()})

    def one(_):
        try:
            gate.wait()
            return sent(only_one).content
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        assert set(pool.map(one, range(MANY))) == {b'{"number": 1}'}
    with pytest.raises(AlreadyDone):
        sent(only_one, key="another-key")


@pytest.mark.django_db
def test_an_answer_given_again_says_so():
    first, again = sent(write), sent(write)
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert effects() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"say": "something else"}, {"query": "?now=1"}])
def test_a_key_used_for_another_request_is_refused(other):
    sent(write)
    answer = sent(write, **other)
    assert answer.status_code == 409
    assert json.loads(answer.content)["code"] == KeyReused.code
    assert effects() == 1


@pytest.mark.django_db
def test_two_people_may_choose_the_same_key():
    sent(write)
    sent(write, by=Actor("quan"))
    assert effects() == 2


@pytest.mark.django_db
def test_a_failure_is_not_kept_and_leaves_nothing():
    @once
    def fails_first(request):
        have_effect()
        return JsonResponse({}, status=201 if request.body == b'{"say": "now"}' else 422)

    assert sent(fails_first, say="later").status_code == 422
    assert (effects(), GivenAnswer.objects.count()) == (0, 0)
    assert sent(fails_first, say="now").status_code == 201


@pytest.mark.django_db
def test_a_clash_in_the_table_itself_is_not_hidden():
    from django.db import IntegrityError

    @once
    def clashes(request):
        with transaction.atomic():
            GivenAnswer.objects.create(actor="x", key="k", digest=b"", status=1, body=b"", at=None)

    with pytest.raises(IntegrityError):
        sent(clashes)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_write_without_a_fitting_key_is_refused(key):
    assert sent(write, key=key).status_code == 422
    assert effects() == 0


def asking(tag):
    request = RequestFactory().patch("/")
    if tag is not None:
        request.META["HTTP_IF_MATCH"] = tag
    return request


def test_a_change_names_the_version_it_is_of():
    assert version_seen(asking('"7"')) == 7


@pytest.mark.parametrize("tag", [None, "", "  "])
def test_a_change_of_no_version_is_refused(tag):
    with pytest.raises(VersionNeeded):
        version_seen(asking(tag))


@pytest.mark.parametrize("tag", ["7", '""', 'W/"7"', '"x"', "*"])
def test_a_change_of_a_version_that_is_none_of_ours_is_stale(tag):
    with pytest.raises(StaleVersion):
        version_seen(asking(tag))
