import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.exchange.rules.digests import (
    DigestDiffers,
    TooMuch,
    content_digest,
    copy_hashed,
    read_digest,
)
from motcua.exchange.rules.signatures import Times
from motcua.exchange.rules.windows import Timing, timing_of


@given(st.binary(max_size=300))
def test_a_digest_is_read_as_it_was_written(body):
    digest = hashlib.sha256(body).digest()
    assert read_digest(content_digest(body)) == digest
    assert read_digest(f"sha-512=:AAAA:, {content_digest(body)}") == digest
    into = io.BytesIO()
    assert copy_hashed(io.BytesIO(body), into, most=300, piece=7) == digest
    assert into.getvalue() == body


@pytest.mark.parametrize("header", ["", "sha-256", "sha-256=1", "sha-256=:AAAA:", "sha-512=:AAAA:"])
def test_what_is_no_digest_is_refused(header):
    with pytest.raises(DigestDiffers):
        read_digest(header)


def test_a_body_that_is_too_large_is_left_at_once():
    into = io.BytesIO()
    with pytest.raises(TooMuch):
        copy_hashed(io.BytesIO(bytes(100)), into, most=20, piece=10)
    assert len(into.getvalue()) == 20


@pytest.mark.parametrize(
    ("created", "expires", "found"),
    [
        (1000, 1060, Timing.GOOD),
        (1060, 1070, Timing.GOOD),
        (1061, 1070, Timing.FROM_AHEAD),
        (900, 941, Timing.GOOD),
        (900, 940, Timing.EXPIRED),
        (900, 1200, Timing.GOOD),
        (900, 1201, Timing.TOO_LONG),
        (1000, 1000, Timing.TOO_LONG),
        (1000, 999, Timing.TOO_LONG),
    ],
)
def test_a_signature_is_good_for_its_time(created, expires, found):
    assert timing_of(Times(created, expires, "n"), now=1000, skew=60) is found
