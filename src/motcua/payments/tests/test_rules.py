from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.money import Dong
from motcua.payments.rules.lines import BillLine, purpose_key, purpose_keys, purpose_of
from motcua.payments.rules.settling import (
    LIFECYCLE,
    PAYABLE,
    SETTLED,
    Standing,
    State,
    Verdict,
    settle,
)
from motcua.payments.rules.signatures import WINDOW, NotSigned, SigningKey
from motcua.payments.rules.vietqr import NotVietQR, Transfer, checksum, decode, encode

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PLAIN = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
transfers = st.builds(
    Transfer,
    bin=st.text("0123456789", min_size=6, max_size=6),
    account=st.text(PLAIN, min_size=1, max_size=19),
    amount=st.integers(1, 10**13 - 1).map(Dong),
    purpose=st.text(PLAIN + " .-", min_size=1, max_size=25),
)


def test_the_code_of_a_known_transfer_is_what_banks_expect():
    """The sample of the library vietnam-qr-pay, which bank applications read."""
    transfer = Transfer("970416", "257678859", Dong(1000), "Chuyen tien")
    assert encode(transfer) == (
        "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
        "5303704540410005802VN62150811Chuyen tien6304BBB8"
    )


def test_the_checksum_is_ccitt_false():
    assert checksum("123456789") == "29B1"


@given(transfers)
def test_what_is_encoded_is_decoded(transfer):
    assert decode(encode(transfer)) == transfer


@given(transfers, st.data())
def test_a_damaged_code_is_never_read_as_another_transfer(transfer, data):
    text = encode(transfer)
    place = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from("0123456789ABZé").filter(lambda c: c != text[place]))
    with pytest.raises(NotVietQR):
        decode(text[:place] + put + text[place + 1 :])


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text):
    with pytest.raises(NotVietQR):
        decode(text)


def closed(body):
    return body + "6304" + checksum(body + "6304")


@pytest.mark.parametrize(
    "body",
    [
        "0002",
        "00xx01",
        "000201010211",
        "3824001 0A000000727",
        "38220010A0000007270204XXXX5303704",
        "38370010A00000072701070003123" + "0208QRIBFTTA5303840",
        "38370010A00000072701070003123" + "0208QRIBFTTA53037045402-1",
        "38370010A00000072701070003123" + "0208QRIBFTTA530370454011",
    ],
)
def test_a_whole_code_that_asks_for_something_else_is_refused(body):
    with pytest.raises(NotVietQR):
        decode(closed(body))


@pytest.mark.parametrize(
    "facts",
    [
        ("97043", "1", Dong(1), "A"),
        ("970436", "", Dong(1), "A"),
        ("970436", "1 2", Dong(1), "A"),
        ("970436", "1", Dong(0), "A"),
        ("970436", "1", Dong(10**13), "A"),
        ("970436", "1", Dong(1), "Lệ phí"),
        ("970436", "1", Dong(1), "A" * 26),
    ],
)
def test_a_transfer_that_no_bank_could_make_is_not_asked_for(facts):
    with pytest.raises(NotVietQR):
        Transfer(*facts)


def test_a_dossier_code_is_its_own_purpose():
    code = "000.00.16.H57-261124-0018"
    assert purpose_of(code, "x") == code
    assert purpose_key(code) in purpose_keys(f"MBVCB.3278907687.{code}. CT tu 0123")
    assert purpose_key(code) not in purpose_keys("000.00.16.H57-261124-0019")
    assert purpose_key(code) in purpose_keys("000 00 16 H57 261124 0018")


@given(st.text(max_size=80), st.uuids())
def test_every_subject_has_a_purpose_that_a_transfer_can_carry(subject, bill):
    purpose = purpose_of(subject, str(bill))
    assert Transfer("970436", "1", Dong(1), purpose)
    assert purpose_key(purpose) in purpose_keys(f"  chuyen tien {purpose} tu A")


def test_a_line_speaks_the_readers_language_where_it_can():
    line = BillLine("Lệ phí", Dong(8000), "Fee")
    assert (line.titled("vi"), line.titled("en")) == ("Lệ phí", "Fee")
    assert BillLine("Lệ phí", Dong(8000)).titled("en") == "Lệ phí"


@given(
    st.integers(1, 10**9),
    st.lists(
        st.tuples(st.one_of(st.integers(1, 10**9), st.just(-1)), st.integers(-3, 3), st.booleans()),
        max_size=8,
    ),
)
def test_not_a_dong_is_lost_whatever_comes(total, payments):
    """Amount -1 stands for exactly what is left; the flag cancels the bill first."""
    standing = Standing(State.OPEN, Dong(total), Dong(0), AT)
    sent = counted = refunds = 0
    for amount, hours, cancel in payments:
        if cancel and standing.state in PAYABLE:
            standing = Standing(State.CANCELLED, standing.total, standing.received, AT)
        money = Dong(amount if amount > 0 else standing.outstanding.amount or 1)
        done = settle(standing, money, paid_at=AT + timedelta(hours=hours))
        sent, counted = sent + money.amount, counted + done.counted.amount
        refunds += done.refund_due.amount
        received = standing.received + done.counted
        assert not (standing.state in SETTLED and done.state not in SETTLED)
        standing = Standing(done.state, standing.total, received, AT)
        assert (standing.outstanding == Dong(0)) == (standing.state in SETTLED)
    assert sent == counted + refunds
    assert counted == standing.received.amount <= total


def test_every_verdict_on_money_for_a_bill_has_its_place_in_the_table():
    assert set(LIFECYCLE) == set(State)
    found = {verdict for row in LIFECYCLE.values() for verdict in row}
    assert found == set(Verdict) - {Verdict.UNMATCHED, Verdict.GIVEN_BACK}


NOW = int(AT.timestamp())
signing_keys = st.builds(SigningKey, st.just("k"), st.text(min_size=1))


@given(st.binary(max_size=200), signing_keys)
def test_a_signed_message_is_believed_and_an_altered_one_is_not(body, key):
    headers = key.sign(NOW, body)
    key.verify(headers, body, at=AT)
    for other in (body + b" ", b"x" + body):
        with pytest.raises(NotSigned, match="wrong signature"):
            key.verify(headers, other, at=AT)


@pytest.mark.parametrize("passed", [WINDOW + timedelta(seconds=1), -WINDOW - timedelta(seconds=1)])
def test_an_old_message_is_not_believed(passed):
    key = SigningKey("k", "s")
    with pytest.raises(NotSigned, match="window"):
        key.verify(key.sign(NOW, b"x"), b"x", at=AT + passed)


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1" * 13, "١٢٣"])
def test_a_message_without_a_time_is_not_believed(timestamp):
    key = SigningKey("k", "s")
    with pytest.raises(NotSigned, match="timestamp"):
        key.verify({**key.sign(NOW, b"x"), "X-Timestamp": timestamp}, b"x", at=AT)


def test_an_old_message_made_to_look_new_is_not_believed():
    key = SigningKey("k", "s")
    headers = {**key.sign(NOW - 3600, b"x"), "X-Timestamp": str(NOW)}
    with pytest.raises(NotSigned, match="signature"):
        key.verify(headers, b"x", at=AT)


@pytest.mark.parametrize("other", [SigningKey("other", "s"), SigningKey("k", "other")])
def test_a_message_of_somebody_else_is_not_believed(other):
    with pytest.raises(NotSigned):
        SigningKey("k", "s").verify(other.sign(NOW, b"x"), b"x", at=AT)
    with pytest.raises(NotSigned):
        SigningKey("k", "s").verify({}, b"x", at=AT)
