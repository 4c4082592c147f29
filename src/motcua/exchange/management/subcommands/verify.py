"""``motcua exchange verify``: a proof, anywhere; or the whole log of a member, here."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from django.core.management.base import CommandError
from django.utils.timezone import now

from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.management.choosing import a_member
from motcua.exchange.queries.breaks import decisions_about
from motcua.exchange.queries.members import kept_logs
from motcua.exchange.queries.verifying import Finding, Tally, verify_log
from motcua.exchange.rules.entries import Entry
from motcua.exchange.rules.evidence import signed_times
from motcua.exchange.rules.proofs import check_proof

HELP = "Check a proof file (needs only trust anchors), or the whole message log of this portal."
FAULTS = {
    "altered": "đã bị sửa · was altered",
    "added": "đã được thêm vào · was added",
    "removed": "đã bị xóa · was removed",
    "forged": "chữ ký không khớp · its signatures do not hold",
    "hashes": "mã băm khác với đầu cây đã ký · hashes differ from the signed head",
    "head": "đầu cây không đúng chữ ký · a head is not signed by the member",
    "outside": "khác với đầu cây giữ ngoài cơ sở dữ liệu · "
    "not the log whose head is kept outside the database",
    "witness": "bên khác đã thấy nhật ký khác · a peer has seen another log",
}
WRONG = {
    "consumer-key": "không gốc tin cậy nào bảo đảm khóa bên sử dụng (--anchors) · "
    "no trust anchor vouches for the consumer's key (--anchors)",
    "provider-key": "không gốc tin cậy nào bảo đảm khóa bên cung cấp (--anchors) · "
    "no trust anchor vouches for the provider's key (--anchors)",
    "head-key": "không gốc tin cậy nào bảo đảm khóa ký đầu cây (--anchors) · "
    "no trust anchor vouches for the key of the tree head (--anchors)",
    "request-signature": "bên sử dụng không ký câu hỏi này · the consumer did not sign this",
    "answer-signature": "bên cung cấp không ký câu trả lời này · the provider did not sign this",
    "head-signature": "đầu cây không đúng chữ ký · the tree head is not signed by its member",
    "request-differs": "mục nói khác điều bên sử dụng đã ký · "
    "the entry says other than the consumer signed",
    "answer-differs": "mục nói khác điều bên cung cấp đã ký · "
    "the entry says other than the provider signed",
    "request-time": "thời điểm của mục không khớp thời điểm bên sử dụng đã ký · "
    "the entry's time is not the one that the consumer signed",
    "answer-time": "thời điểm trả lời không khớp thời điểm bên cung cấp đã ký · "
    "the answer's time is not the one that the provider signed",
    "not-in-the-log": "mục không có dưới đầu cây đã ký · the entry is not under the signed head",
    "another-log": "đầu cây là của nhật ký khác, hoặc ký trước khi có mục · "
    "the head is another log's, or older than the entry",
    "request-body": "nội dung này không phải nội dung đã gửi · this body is not what was sent",
    "answer-body": "nội dung này không phải nội dung trả lời · this body is not what was answered",
}
"""What a proof, or an entry by itself, does not bear out."""
BODIES = {
    "request": "nội dung đã gửi đúng với chứng cứ · the body sent is the one that was signed",
    "answer": "nội dung trả lời đúng với chứng cứ · the body answered is the one that was signed",
}
"""What was held against a proof besides."""
ACCEPTED = "đã quyết định tiếp tục nhật ký từ · it was decided to go on from"
"""Of a log that contradicted what was signed."""
Say = Callable[[str], None]


def arguments(parser: ArgumentParser) -> None:
    """Take a proof with the bodies it may be held against, or nothing for the whole log."""
    parser.add_argument("proof", nargs="?", type=Path, help="the file that prove made")
    parser.add_argument("--anchors", type=Path, help="trust anchors (PEM) other than this portal's")
    parser.add_argument("--request", type=Path, help="the body that is said to have been sent")
    parser.add_argument("--answer", type=Path, help="the body that is said to have come back")
    parser.add_argument("--log", action="store_true", help="check the whole log (the default)")
    parser.add_argument("--member", default="", help="whose log; else every log kept here")


def run(options: dict[str, Any], say: Say) -> bool:
    """
    Check what was named.

    :raises CommandError: if a file cannot be read
    """
    if options["proof"] is None:
        given = options["member"]
        logs = (given,) if given else kept_logs() or (a_member(""),)
        found = [_log(member, say) for member in logs]
        return all(found)
    try:
        return _proof(options, say)
    except OSError as error:
        raise CommandError(str(error)) from error


def _proof(options: dict[str, Any], say: Say) -> bool:
    known = anchors()
    if options["anchors"] is not None:
        known = _anchors_in(options["anchors"])
    bodies = {n: options[n].read_bytes() if options[n] else None for n in ("request", "answer")}
    found = check_proof(options["proof"].read_bytes(), anchors=known, **bodies)
    entry, head = found.entry, found.head.head
    say(f"{entry.consumer} → {entry.provider}/{entry.service}  {entry.at.isoformat()}")
    say(f"{entry.purpose}  HTTP {entry.status}  #{found.leaf} / {head.size} ({head.log})")
    _say_signed(entry, say)
    for fault in found.faults:
        say(f"✗ {WRONG[fault]}")
    if not found.faults:
        say("✓ Chứng cứ đúng · The proof holds.")
        for part in found.bodies:
            say(f"✓ {BODIES[part]}")
    return not found.faults


def _say_signed(entry: Entry, say: Say) -> None:
    """Tell the moments that the members themselves signed, beside those the log says."""
    for who, part in ((entry.consumer, entry.asked), (entry.provider, entry.answered)):
        times = None if part is None else signed_times(part)
        if times is not None:
            created = datetime.fromtimestamp(times.created, UTC).isoformat()
            say(f"{who} ký lúc · signed at {created}")


def _anchors_in(file: Path) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except ValueError as error:
        raise CommandError(f"{file}: không có chứng thư PEM · no certificates in PEM") from error


def _log(member: str, say: Say) -> bool:
    tally, right = Tally(), True
    for finding in verify_log(member, tally, at=now()):
        right = False
        say(f"✗ {_told(finding)}")
    say(
        f"{member}: {tally.entries:,} mục · entries, {tally.heads:,} đầu cây · heads, "
        f"{tally.waiting:,} chờ đánh số · waiting for a number"
    )
    say(f"{member}: #{tally.entries} {tally.root.hex()}")
    for each in decisions_about(member):
        say(f"! {each.at.isoformat()} {each.by}: {ACCEPTED} #{each.size}: {each.reason}")
    if right:
        say("✓ Nhật ký nguyên vẹn · The log is whole.")
    return right


def _told(finding: Finding) -> str:
    where = "" if finding.leaf is None else f"#{finding.leaf} "
    detail = ", ".join(WRONG.get(each, each) for each in finding.detail.split(", "))
    return f"{where}{finding.entry} {FAULTS[finding.kind]} {detail}".strip()
