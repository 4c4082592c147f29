"""What a stranger with the source tries at the gateway: refused each time, and nothing is done."""

import json
import threading
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from motcua.exchange.models import Agreement, LogEntry, Nonce, Service
from motcua.exchange.operations.calling import CallRefused, NotTheirAnswer
from motcua.exchange.operations.keys import new_key
from motcua.exchange.operations.serving import Reply
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.rules.digests import content_digest
from motcua.exchange.rules.messages import request as as_message
from motcua.exchange.rules.paths import TwistedPath, normal
from motcua.exchange.rules.signatures import Times, sign_request
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.test_attacks import rebuilt
from motcua.exchange.tests.wire import BODY, ECHO, agreement, ask, now, offered
from motcua.exchange.web.gateway import GatewayMiddleware

PLACE = f"/trao-doi/{POLICE}/{ECHO}/"


def signed(path=PLACE, query="", *, member=HANOI, body=BODY, at=None, nonce="n", **headers):
    """Return a request that its member has really signed, whatever it says."""
    given = {
        "content-digest": content_digest(body),
        "content-type": "application/json",
        "motcua-consumer": member,
        "motcua-agreement": str(Agreement.objects.filter(consumer=HANOI).first().id),
        "motcua-purpose": "settle-dossier",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    created = int((at or now()).timestamp())
    key = signing_key(member, at=now())
    message = as_message("POST", "127.0.0.1:1", normal(path), query, given)
    times = Times(created, created + 120, nonce)
    made = sign_request(message, times=times, key=key.kid, with_=key.private)
    return path, query, given | made.headers(), body


def delivered(request, **environ):
    """Hand a request to the gateway as a server would that changes nothing; return what came."""
    path, query, headers, body = request
    given = {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()}
    given |= {"HTTP_HOST": "127.0.0.1:1", "QUERY_STRING": query, **environ}
    kind = given.pop("HTTP_CONTENT_TYPE")
    made = RequestFactory().generic("POST", path, body, content_type=kind, **given)
    answer = GatewayMiddleware(lambda _: HttpResponse(b'{"code": "elsewhere"}', status=404))(made)
    return "done" if answer.status_code < 400 else json.loads(answer.content)["code"]


@pytest.mark.parametrize(
    "path",
    [
        f"{PLACE}../admin/",
        f"{PLACE}x/../../population.v1/person",
        f"{PLACE}./x",
        f"{PLACE}..",
        f"{PLACE}%2e%2e/admin/",
        f"{PLACE}x%2F..%2Fy",
        f"{PLACE}a%5C..%5Cb",
        f"{PLACE}a%00b",
        f"{PLACE}a%09b",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused_although_it_is_signed(wire, done, path):
    assert delivered(signed(path)) == "exchange.twisted-path"
    assert not done
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("path", ["../admin", "x/%2e%2e/y", "a\\b", "a%0d%0ab"])
def test_we_send_no_such_path_either(wire, done, path):
    with pytest.raises(TwistedPath):
        ask(path=path)
    assert not wire.requests


@pytest.mark.parametrize("path", [f"{PLACE}/x", f"{PLACE}x//y/", f"{PLACE}%C3%A9/a%20b"])
def test_an_odd_but_straight_path_comes_as_it_was_signed(wire, done, path):
    assert delivered(signed(path)) == "done"
    said = LogEntry.objects.get(side="provider").asked
    assert f'"@path": {path}\n' in said


def other_case(request):
    headers = [(k.upper(), v) for k, v in request.headers.items()]
    return httpx.Request("POST", request.url, headers=headers, content=BODY)


def doubled(name, value):
    def on_request(request):
        headers = [*request.headers.items(), (name, value)]
        return httpx.Request("POST", request.url, headers=headers, content=BODY)

    return on_request


def test_the_case_of_header_names_means_nothing(wire, done):
    wire.on_request = other_case
    ask()
    assert done == [BODY]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Motcua-Purpose", "statistics"),
        ("Motcua-Consumer", HUE),
        ("Motcua-Agreement", "none"),
        ("Content-Digest", content_digest(b"other")),
        ("Content-Type", "text/plain"),
        ("Signature-Input", "motcua=()"),
        ("Signature", "motcua=:AA==:"),
        ("Content-Encoding", "gzip"),
        ("Stream-Offset", "0"),
    ],
)
def test_a_header_smuggled_in_twice_changes_nothing_unseen(wire, done, name, value):
    wire.on_request = doubled(name, value)
    with pytest.raises((CallRefused, NotTheirAnswer)):
        ask()
    assert not done
    assert not LogEntry.objects.filter(side="provider").exists()


@pytest.mark.parametrize(
    "value",
    ["settle-\t dossier", "settle-\r\n dossier", "settle-dossiér", "a\x00b", "Settle-Dossier"],
)
def test_a_value_with_spaces_folds_or_foreign_letters_is_not_what_was_agreed(done, value):
    """Servers refuse such headers; one that does not is not needed for that."""
    assert delivered(signed(), HTTP_MOTCUA_PURPOSE=value) != "done"
    assert not done


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "evil.example", "127.0.0.1:1@evil"])
def test_a_message_for_another_host_is_not_for_this_one(done, host):
    assert delivered(signed(), HTTP_HOST=host) in {"exchange.altered", "exchange.other-host"}
    assert not done


def test_a_header_of_the_proxy_does_not_say_which_host_was_meant(done):
    assert (
        delivered(signed(), HTTP_HOST="localhost:1", HTTP_X_FORWARDED_HOST="127.0.0.1:1") != "done"
    )
    assert not done


def test_the_order_of_a_query_is_signed(wire, done):
    wire.on_request = lambda request: rebuilt(request, url=f"http://127.0.0.1:1{PLACE}?b=2&a=1")
    with pytest.raises(CallRefused) as told:
        ask(path="?a=1&b=2")
    assert told.value.problem["code"] == "exchange.altered"
    assert not done


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('alg="ed25519"', 'alg="hmac-sha256"'),
        ('alg="ed25519"', 'alg="none"'),
        ('alg="ed25519"', "alg=ed25519"),
        (';alg="ed25519"', ""),
        ('tag="motcua-exchange"', 'tag="other"'),
        ('"content-digest" ', ""),
        ('"@query" ', ""),
        ('"@authority" ', ""),
        ('"@method" "@authority"', '"@authority" "@method"'),
        ('"@path"', '"@target-uri"'),
        ('"content-type"', '"content-type";sf'),
        ('"motcua-purpose"', '"motcua-purpose";bs'),
    ],
)
def test_a_signature_of_anything_but_our_profile_is_none(wire, done, said, instead):
    """Who leaves a component out, or names another way of signing, is not talked to."""

    def on_request(request):
        named = request.headers["signature-input"]
        assert said in named
        return rebuilt(request, signature_input=named.replace(said, instead))

    wire.on_request = on_request
    with pytest.raises(CallRefused) as told:
        ask()
    assert told.value.problem["code"] in {"exchange.not-signed", "exchange.altered"}
    assert not done


def test_a_member_cannot_name_another_as_the_one_who_asks(wire, done):
    """It signs with its own key, in its own agreement's place, another's name."""
    assert delivered(signed(member=HUE, motcua_consumer=HANOI)) == "exchange.wrong-consumer"
    assert not done


@pytest.mark.parametrize("named", ["other", "none", "", "0", str(UUID(int=1))])
def test_an_agreement_of_another_member_or_service_covers_nothing(done, named):
    if named == "other":
        named = str(agreement(service=offered(service="other.v1")).id)
        offered(lambda call: done.append(call.entry))
    told = delivered(signed(motcua_agreement=named))
    assert told == ("exchange.no-agreement" if named else "exchange.not-signed")
    assert delivered(signed(member=HUE)) == "exchange.no-agreement"
    assert not done


def test_a_nonce_is_used_up_by_one_key_and_leaves_the_others_theirs(wire, done):
    agreement(consumer=HUE, service=Service.objects.get())
    offered(lambda call: done.append(call.body.read()) or Reply(body=b"{}"))
    asked = Agreement.objects.get(consumer=HUE)
    assert delivered(signed()) == "done"
    again = signed(body=b"other")
    assert delivered(again) == "exchange.replayed"
    theirs = signed(member=HUE, motcua_agreement=str(asked.id))
    assert delivered(theirs) == "done"
    new_key(HANOI, by=PORTAL, at=now())
    assert delivered(signed(body=b"new key")) == "done"
    assert done == [BODY, BODY, b"new key"]


def test_a_nonce_forgotten_after_its_time_does_not_let_the_message_in_again(wire, done):
    old = signed(at=now() - timedelta(seconds=150))
    assert delivered(old) == "done"
    Nonce.objects.all().delete()
    late = signed(at=now() - timedelta(seconds=190), nonce="late")
    assert delivered(late) == "exchange.expired"
    assert Nonce.objects.count() == 0


def test_an_answer_is_bound_to_its_request_although_all_else_is_the_same(wire, done):
    """The same question twice: the first answer is not the second's, not even word for word."""
    kept = []
    wire.on_answer = kept.append
    ask()
    wire.on_answer = lambda answer: kept[0]
    with pytest.raises(NotTheirAnswer):
        ask()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", ["per_day", "per_minute"])
def test_calls_at_once_never_pass_the_quota_by_one(wire, limit):
    """Eight at a time against room for five: the database counts, not the process."""
    done = []
    agreement(**{limit: 5})
    offered(lambda call: done.append(call.entry) or Reply(body=b"{}"))
    forget_agreements()
    requests = [signed(nonce=f"race-{number}") for number in range(16)]
    codes, gate = [], threading.Barrier(8)

    def some(mine):
        gate.wait()
        codes.extend(delivered(request) for request in mine)
        connection.close()

    threads = [threading.Thread(target=some, args=(requests[n::8],)) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert codes.count("done") == len(done) == 5
    assert codes.count("exchange.over-quota") == 11
    assert LogEntry.objects.count() == 5


def test_a_small_service_is_not_given_a_large_body(wire, done):
    with pytest.raises(CallRefused) as told:
        ask(body=bytes(4 * 2**20 + 1))
    assert told.value.problem["code"] == "exchange.too-large"
    assert told.value.problem["most"] == 4 * 2**20
    assert not done
