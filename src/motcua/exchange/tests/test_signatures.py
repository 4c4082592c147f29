from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from hypothesis import given
from hypothesis import strategies as st

from motcua.exchange.rules import messages, signatures
from motcua.exchange.rules.digests import content_digest
from motcua.exchange.rules.fields import written
from motcua.exchange.rules.messages import NotSigned
from motcua.exchange.rules.signatures import (
    Signed,
    Times,
    WrongSignature,
    base_of,
    read_answer,
    read_request,
    sign_answer,
    sign_request,
    times_in,
)

OF_THE_RFC = load_der_private_key(
    b64decode("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"), None
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
TIMES = Times(created=1_795_000_000, expires=1_795_000_060, nonce="n0nce-1")
BODY = b'{"hello": "world"}'
HEADERS = {
    "content-digest": content_digest(BODY),
    "content-type": "application/json",
    "motcua-consumer": "000.00.00.H26",
    "motcua-agreement": "0199-a",
    "motcua-purpose": "settle-dossier",
}
PATH = "/trao-doi/000.00.00.G01/population.v1/persons"


def asked(*, method="POST", authority="motcua.example", path=PATH, query="", **headers):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return messages.request(method, authority, path, query, HEADERS | given)


def sent(message, key=KEY, kid="H26-1", times=TIMES):
    """Return a message as the other side gets it, with its signature."""
    signed = sign_request(message, times=times, key=kid, with_=key)
    return messages.Message(message.components, message.headers | signed.headers())


def changed(message, *, component=None, **headers):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return messages.Message(message.components | (component or {}), message.headers | given)


def test_the_known_signature_of_the_rfc():
    """RFC 9421, B.2.6."""
    parameters = (
        '("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"'
    )
    lines = [
        ('"date"', "Tue, 20 Apr 2021 02:07:55 GMT"),
        ('"@method"', "POST"),
        ('"@path"', "/foo"),
        ('"@authority"', "example.com"),
        ('"content-type"', "application/json"),
        ('"content-length"', "18"),
    ]
    base = base_of(lines, parameters)
    known = b64decode(
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )
    assert OF_THE_RFC.sign(base) == known
    Signed(TIMES, "test-key-ed25519", base, known).check(OF_THE_RFC.public_key())


def test_the_text_that_is_signed():
    message = asked(authority="MotCua.example:8000", query="a=1")
    signed = sign_request(message, times=TIMES, key="H26-1", with_=KEY)
    assert signed.base.decode() == (
        '"@method": POST\n"@authority": motcua.example:8000\n'
        f'"@path": {PATH}\n"@query": ?a=1\n'
        f'"content-digest": {content_digest(BODY)}\n"content-type": application/json\n'
        '"motcua-consumer": 000.00.00.H26\n"motcua-agreement": 0199-a\n'
        '"motcua-purpose": settle-dossier\n'
        '"@signature-params": ("@method" "@authority" "@path" "@query" "content-digest" '
        '"content-type" "motcua-consumer" "motcua-agreement" "motcua-purpose")'
        ';created=1795000000;expires=1795000060;nonce="n0nce-1";keyid="H26-1"'
        ';alg="ed25519";tag="motcua-exchange"'
    )


words = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=30)


@given(words, words, st.sampled_from(["GET", "POST"]), st.booleans())
def test_what_is_signed_is_read_and_holds(path, query, method, streamed):
    more = {"stream": "s1", "stream_offset": "0"} if streamed else {}
    message = sent(asked(method=method, path="/" + path, query=query, **more))
    read = read_request(message)
    read.check(KEY.public_key())
    assert (read.times, read.key) == (TIMES, "H26-1")
    assert ("stream-offset" in read.base.decode()) == streamed


@pytest.mark.parametrize(
    "altered",
    [
        {"component": {"@method": "GET"}},
        {"component": {"@authority": "other.example"}},
        {"component": {"@path": PATH + "/x"}},
        {"component": {"@query": "?a=1"}},
        {"content_digest": content_digest(b"other")},
        {"content_type": "text/plain"},
        {"motcua_consumer": "000.00.00.H27"},
        {"motcua_agreement": "0199-b"},
        {"motcua_purpose": "statistics"},
        {"content_encoding": "gzip"},
        {"stream": "s1"},
        {"stream_offset": "1"},
    ],
    ids=str,
)
def test_a_request_with_any_part_altered_is_refused(altered):
    with pytest.raises((WrongSignature, NotSigned)):
        read_request(changed(sent(asked()), **altered)).check(KEY.public_key())


@pytest.mark.parametrize("name", ["content-encoding", "stream", "stream-offset", *HEADERS])
def test_a_header_that_was_signed_cannot_be_taken_away(name):
    message = sent(asked(content_encoding="gzip", stream="s", stream_offset="0"))
    headers = {key: value for key, value in message.headers.items() if key != name}
    with pytest.raises(NotSigned):
        read_request(messages.Message(message.components, headers))


@given(st.data())
def test_a_signature_altered_anywhere_is_refused(data):
    message = sent(asked())
    name = data.draw(st.sampled_from([signatures.INPUT, signatures.SIGNATURE]))
    text = message.headers[name]
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(min_codepoint=0x20, max_codepoint=0x7E))
    if letter == text[place]:
        return
    altered = text[:place] + letter + text[place + 1 :]
    try:
        read = read_request(changed(message, **{name: altered}))
        read.check(KEY.public_key())
    except (NotSigned, WrongSignature):
        return
    assert read.times.nonce == TIMES.nonce
    pytest.fail(altered)


def test_anothers_key_is_found_out():
    with pytest.raises(WrongSignature):
        read_request(sent(asked(), key=OTHER)).check(KEY.public_key())


GOOD = (
    '("@method" "@authority" "@path" "@query" "content-digest" "content-type" "motcua-consumer" '
    '"motcua-agreement" "motcua-purpose")'
)
END = ';created=1;expires=2;nonce="n";keyid="k";alg="ed25519";tag="motcua-exchange"'


WHOLE = f"motcua={GOOD}{END}"


@pytest.mark.parametrize(
    "named",
    [
        "",
        "motcua",
        "motcua=1",
        f"other={GOOD}{END}",
        f"{WHOLE}, other={GOOD}{END}",
        f"{WHOLE}, {WHOLE}",
        f"{WHOLE} motcua",
        f"{WHOLE};more",
        f"motcua={GOOD}",
        f"motcua={GOOD};expires=2;created=1" + END.partition("=2")[2],
    ],
)
def test_other_signatures_are_refused(named):
    with pytest.raises(NotSigned):
        read_request(changed(sent(asked()), **{signatures.INPUT: named}))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("created=1", "created=1.0"),
        ("created=1", 'created="1"'),
        ("ed25519", "hmac-sha256"),
        ("motcua-exchange", "another"),
        ('nonce="n"', 'nonce=""'),
        ('nonce="n"', 'nonce="' + "n" * 65 + '"'),
        ('"@query" ', ""),
        ('"@path"', '"@path";req'),
        ('"@path"', "@path"),
        ('"@path"', "1"),
        ('"@method" "@authority"', '"@authority" "@method"'),
        ('"@method" ', '"@method"'),
    ],
)
def test_anything_but_our_profile_is_refused(ours, theirs):
    assert ours in WHOLE
    message = changed(sent(asked()), **{signatures.INPUT: WHOLE.replace(ours, theirs, 1)})
    with pytest.raises(NotSigned):
        read_request(message)


@pytest.mark.parametrize(
    "given", ["", "motcua=1", "motcua=:AAAA:", f"motcua={written(bytes(64))};a", "motcua=:@:"]
)
def test_what_is_no_signature_is_refused(given):
    with pytest.raises(NotSigned):
        read_request(changed(sent(asked()), signature=given))


@pytest.mark.parametrize("value", ["xã", "a\nb", "a\rb"])
def test_only_one_line_of_ascii_is_signed(value):
    with pytest.raises(NotSigned):
        sign_request(asked(motcua_purpose=value), times=TIMES, key="k", with_=KEY)


ANSWER = {"content-digest": content_digest(b"[]"), "content-type": "application/json"}
TO = bytes(range(64))


def replied(*, to=TO, status=200):
    message = messages.answer(status, ANSWER)
    signed = sign_answer(message, to=to, times=TIMES, key="G01-1", with_=OTHER)
    return messages.Message(message.components, ANSWER | signed.headers())


@pytest.mark.parametrize("to", [TO, None])
def test_an_answer_is_read_and_holds(to):
    read = read_answer(replied(to=to), to=to)
    read.check(OTHER.public_key())
    assert read.key == "G01-1"
    assert ('"signature";req;key="motcua"' in read.base.decode()) == (to is not None)


def test_an_answer_to_another_request_is_refused():
    with pytest.raises(WrongSignature):
        read_answer(replied(to=bytes(64)), to=TO).check(OTHER.public_key())
    with pytest.raises(NotSigned):
        read_answer(replied(to=None), to=TO)
    with pytest.raises(NotSigned):
        read_answer(replied(), to=None)


def test_an_answers_status_cannot_be_changed():
    answer = replied()
    with pytest.raises(WrongSignature):
        read_answer(changed(answer, component={"@status": "500"}), to=TO).check(OTHER.public_key())


def test_the_times_in_a_signed_text_are_read_however_they_are_written():
    usual = (
        '("@method");created=10;expires=20;nonce="n";keyid="k";alg="ed25519";tag="motcua-exchange"'
    )
    assert times_in(usual) == Times(10, 20, "n")
    assert times_in(usual.replace(";created", "; created")) == Times(10, 20, "n")
    for wrong in ("", "1", usual.replace("10", "ten"), usual.replace("created", "made")):
        with pytest.raises(NotSigned):
            times_in(wrong)
