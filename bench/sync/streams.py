"""Believable streams: real agencies, skewed sizes, statuses as vendors send them, odd ones too."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

CODES = Path("src/motcua/agencies/reference/electronic_ids.tsv")
LOCAL = timezone(timedelta(hours=7))
START = datetime(2026, 1, 5, 8, tzinfo=LOCAL)
TITLES = [
    ("1.001193", "Đăng ký khai sinh"),
    ("2.000815", "Chứng thực bản sao từ bản chính"),
    ("1.004222", "Đăng ký thường trú"),
    ("2.000986", "Liên thông đăng ký khai sinh, thường trú, cấp thẻ bảo hiểm y tế"),
    ("1.001939", "Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ"),
    ("1.003650", "Cấp đổi giấy phép lái xe do ngành giao thông vận tải cấp"),
    ("1.013978", "Đăng ký biến động quyền sử dụng đất"),
]
NAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLES = "Văn Thị Hữu Đức Minh Ngọc Thanh Quang Thu Xuân".split()
GIVEN = "An Bình Chi Dũng Giang Hà Hương Khánh Lan Linh Mai Nam Phong Quân Sơn Tâm Vy".split()
WORDS = {1: "Nộp hồ sơ", 2: "Tiếp nhận", 4: "Chuyển xử lý", 5: "Yêu cầu bổ sung", 9: "Có kết quả"}
WAYS = [
    ((1, 2, 4, 9, 10), 62),
    ((2, 4, 9), 14),
    ((1, 2, 4, 5, 4, 9, 10), 10),
    ((1, 3), 5),
    ((1, 2, 4, 6, 4, 9, 10), 4),
    ((1, 2, 4, 8), 3),
    ((1, 7), 2),
]
ODD = 3
"""Every third member's vendor sends 9 for 5, 6 and 8, pads missing ids, and gives no end date."""


A_DOSSIER = 48
"""Statuses of ten dossiers, on average."""


@dataclass(frozen=True)
class Share:
    """A member and how many rows it sends."""

    member: str
    number: int
    rows: int


def shares(rows: int, members: int) -> list[Share]:
    """Share rows among members: a few send most, as in the country."""
    codes = [line.split("\t")[0] for line in CODES.read_text().splitlines()]
    chosen = sorted(codes, key=lambda code: (code[0] != "H", code))[:members]
    weights = [1 / (place + 3) for place in range(len(chosen))]
    total = sum(weights)
    return [
        Share(f"000.00.00.{code}", place, max(1, round(rows * weight / total)))
        for place, (code, weight) in enumerate(zip(chosen, weights, strict=True))
    ]


def lines(share: Share, *, salt: str = "") -> Iterator[str]:
    """Yield the rows a member sends, dossier by dossier in the order of their days."""
    chance, top, odd = Random(f"{share.number}{salt}"), share.member[-3:], share.number % ODD == 2
    ways, weights = zip(*WAYS, strict=True)
    people = [_person(chance) for _ in range(500)]
    officials = [f"{_name(chance)}, Bộ phận một cửa" for _ in range(60)]
    offices = [f"000.{office % 30:02}.{office % 20:02}" for office in range(60)]
    dossiers, sent, number = max(1, share.rows * 10 // (A_DOSSIER + 10)), 0, 0
    while sent < share.rows:
        day = START + timedelta(days=int(270 * min(number, dossiers) / dossiers))
        code = f"{chance.choice(offices)}.{top}-{day:%y%m%d}-{number:04}"
        way = chance.choices(ways, weights)[0]
        at = day + timedelta(seconds=chance.randrange(30000))
        yield _dossier(code, at, way, chance, people, odd=odd)
        sent += 1
        for status in way:
            told = 9 if odd and status in (5, 6, 8) else status
            who, words = chance.choice(officials), WORDS.get(status, "Xử lý")
            yield (
                f'{{"k":"s","code":"{code}","at":"{at:%Y-%m-%dT%H:%M:%S}+07:00","status":{told},'
                f'"words":"{words}","who":"{who}"}}\n'
            )
            sent += 1
            at += timedelta(seconds=chance.randrange(600, 200_000))
        number += 1


def _dossier(code, at, way, chance, people, *, odd) -> str:
    procedure, title = chance.choice(TITLES)
    name, person = chance.choice(people)
    if odd and chance.random() < 0.3:
        person = "000000001"
    done = (
        ""
        if odd or 9 not in way
        else f'"done_at":"{at + timedelta(days=3):%Y-%m-%dT%H:%M:%S}+07:00",'
    )
    return (
        f'{{"k":"d","code":"{code}","procedure":"{procedure}","title":"{title}","kind":1,'
        f'"applicant":"{name}","person":"{person}","channel":{chance.randint(1, 3)},'
        f'"filed_at":"{at:%Y-%m-%dT%H:%M:%S}+07:00",{done}'
        f'"due_at":"{at + timedelta(days=5):%Y-%m-%dT%H:%M:%S}+07:00",'
        f'"as_of":"{at + timedelta(days=6):%Y-%m-%dT%H:%M:%S}+07:00"}}\n'
    )


def _name(chance: Random) -> str:
    return f"{chance.choice(NAMES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"


def _person(chance: Random) -> tuple[str, str]:
    return _name(
        chance
    ), f"001{chance.choice('0123')}{chance.randrange(100):02}{chance.randrange(10**6):06}"


@dataclass(frozen=True)
class Message:
    """Rows, in a packed file or as they are: whose, from which row, how many, how many statuses."""

    member: str
    offset: int
    rows: int
    statuses: int
    body: Path | bytes


def written(share: Share, folder: Path, *, most: int, salt: str = "") -> list[Message]:
    """Write a member's stream as packed messages of at most ``most`` rows."""
    made: list[Message] = []
    held: list[str] = []
    offset = 0

    def write() -> None:
        path = folder / f"{share.member}-{offset}.ndjson.gz"
        path.write_bytes(gzip.compress("".join(held).encode(), compresslevel=1))
        statuses = sum(line.startswith('{"k":"s"') for line in held)
        made.append(Message(share.member, offset, len(held), statuses, path))

    for line in lines(share, salt=salt):
        held.append(line)
        if len(held) == most:
            write()
            offset += len(held)
            held = []
    if held:
        write()
    return made
