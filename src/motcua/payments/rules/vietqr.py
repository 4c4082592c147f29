"""
VietQR: the EMVCo merchant-presented QR code that every Vietnamese banking application reads.

A text of fields ``id(2) length(2) value``, closed by a CRC-16/CCITT-FALSE. Field 38 names the
NAPAS scheme, the bank (BIN) and the account; 53 the currency, 54 the amount, 58 the country, 62.08
the purpose of the transfer. Source: EMVCo QR Code Specification for Payment Systems, Merchant-
Presented Mode; NAPAS's profile of it.
"""

import re
from binascii import crc_hqx
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.kernel.money import Dong

LONGEST_PURPOSE = 25
_SCHEME = "A000000727"
_TO_ACCOUNT = "QRIBFTTA"
_DONG = "704"
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
_PURPOSE = re.compile(r"[0-9A-Za-z .\-]{1,25}")


class NotVietQR(ValueError):
    """The text is not a VietQR, or the facts do not fit in one; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer somebody is asked to make: to which account, how much, and what for."""

    bin: str
    account: str
    amount: Dong
    purpose: str

    def __post_init__(self) -> None:
        if not _BIN.fullmatch(self.bin):
            raise NotVietQR(f"a bank is named by six digits, not {self.bin!r}")
        if not _ACCOUNT.fullmatch(self.account):
            raise NotVietQR(f"not an account number: {self.account!r}")
        if not 0 < self.amount.amount < 10**13:
            raise NotVietQR(f"not an amount to transfer: {self.amount}")
        if not _PURPOSE.fullmatch(self.purpose):
            raise NotVietQR(f"not a purpose of at most 25 plain characters: {self.purpose!r}")


def encode(transfer: Transfer) -> str:
    """Return the text of the QR code, valid for this one transfer."""
    to = _field("00", transfer.bin) + _field("01", transfer.account)
    scheme = _field("00", _SCHEME) + _field("01", to) + _field("02", _TO_ACCOUNT)
    body = "".join(
        (
            _field("00", "01"),
            _field("01", "12"),
            _field("38", scheme),
            _field("53", _DONG),
            _field("54", str(transfer.amount.amount)),
            _field("58", "VN"),
            _field("62", _field("08", transfer.purpose)),
            "6304",
        )
    )
    return body + checksum(body)


def decode(text: str) -> Transfer:
    """
    Return the transfer that a QR code asks for.

    :raises NotVietQR: if it is damaged, of another scheme, or does not say all of it
    """
    body, crc = text[:-4], text[-4:]
    if not text.isascii() or body[-4:] != "6304" or checksum(body) != crc:
        raise NotVietQR("the checksum does not fit")
    fields = dict(_fields(body[:-4]))
    scheme = dict(_fields(fields.get("38", "")))
    to = dict(_fields(scheme.get("01", "")))
    if scheme.get("00") != _SCHEME or scheme.get("02") != _TO_ACCOUNT:
        raise NotVietQR("it does not ask for a transfer to an account")
    if fields.get("53") != _DONG or not fields.get("54", "").isdecimal():
        raise NotVietQR("it does not name an amount in dong")
    purpose = dict(_fields(fields.get("62", ""))).get("08", "")
    return Transfer(to.get("00", ""), to.get("01", ""), Dong(int(fields["54"])), purpose)


def checksum(text: str) -> str:
    """Return the CRC-16/CCITT-FALSE of ``text`` as four upper-case hexadecimal digits."""
    return f"{crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _field(id: str, value: str) -> str:  # noqa: A002
    return f"{id}{len(value):02d}{value}"


def _fields(text: str) -> Iterator[tuple[str, str]]:
    while text:
        id, length = text[:2], text[2:4]  # noqa: A001
        if not length.isdecimal() or len(text) < 4 + int(length):
            raise NotVietQR("a field is cut off")
        yield id, text[4 : 4 + int(length)]
        text = text[4 + int(length) :]
