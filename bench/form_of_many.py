"""A large form for measuring, and right answers: 120 fields on six pages, 60 rows."""

from typing import Any

Document = dict[str, Any]
PAGES, FIELDS, ROWS = 6, 20, 30


def words(text: str) -> Document:
    """Words in both languages."""
    return {"vi": f"Câu hỏi {text}", "en": f"Question {text}"}


def _field(id_: str, kind: str, **more: Any) -> Document:
    return {"id": id_, "kind": kind, "label": words(id_), **more}


OPTIONS = [{"value": value, "label": words(value)} for value in ("a", "b", "c", "d")]


def _fields(page: str) -> list[Document]:
    """Return 18 fields; some hang on others, some are held against others."""
    later = {"rule": f"{page}_ends >= {page}_begins", "message": words("later")}
    return [
        _field(f"{page}_name", "text", checks=["name"], schema={"maxLength": 100}),
        _field(f"{page}_about", "long_text", required=False),
        _field(f"{page}_sort", "choice", options=OPTIONS),
        _field(f"{page}_also", "choices", options=OPTIONS, required=f'{page}_sort = "a"'),
        _field(f"{page}_agreed", "yes_no", show=f'{page}_sort in ("a", "b")'),
        _field(f"{page}_count", "number", show=f"{page}_agreed", schema={"maximum": 500}),
        _field(f"{page}_area", "number", decimals=2, show=f"{page}_count > 2"),
        _field(f"{page}_price", "money", required=f"present({page}_area)"),
        _field(f"{page}_cost", "computed", value=f"{page}_area * {page}_price", format="money"),
        _field(f"{page}_begins", "date", checks=["not_future"]),
        _field(f"{page}_ends", "date", checks=[later], show=f"present({page}_begins)"),
        _field(f"{page}_since", "date", partial=True, required=False),
        _field(f"{page}_who", "person", optional_parts=["id"]),
        _field(f"{page}_firm", "enterprise", required=False),
        _field(f"{page}_phone", "phone"),
        _field(f"{page}_email", "email", show=f'{page}_also contains "b"'),
        _field(f"{page}_account", "bank_account", required=False),
        _field(f"{page}_site", "point", show=f'not ({page}_sort = "d")'),
    ]


def _group(id_: str) -> Document:
    """Return a group of eight columns."""
    columns = [
        _field(f"{id_}_item", "text"),
        _field(f"{id_}_sort", "choice", options=OPTIONS),
        _field(f"{id_}_price", "money"),
        _field(f"{id_}_many", "number", decimals=2),
        _field(f"{id_}_sum", "computed", value=f"{id_}_price * {id_}_many", format="money"),
        _field(f"{id_}_made", "date", checks=["not_future"]),
        _field(f"{id_}_cold", "yes_no", show=f'{id_}_sort = "a"'),
        _field(f"{id_}_maker", "person", parts=["name", "birth_date"]),
    ]
    above = {"rule": f"{id_}_price > 0", "message": words("above"), "at": f"{id_}_price"}
    rows = {"columns": columns, "name": words(id_), "most": ROWS}
    return _field(id_, "group", rows=rows, checks=[above])


def _last(page: str) -> list[Document]:
    if page != "f":
        return [_field(f"{page}_more", "text", required=False), _field(f"{page}_end", "yes_no")]
    return [_group("goods"), _group("things")]


def _page(page: str) -> Document:
    dear = {"rule": f"{page}_price < 900000000", "message": words("dear"), "at": f"{page}_price"}
    fields = [*_fields(page), *_last(page)]
    return {"id": page, "title": words(page), "sections": [{"fields": fields}], "checks": [dear]}


DOCUMENT: Document = {"title": words("form"), "steps": [_page(page) for page in "abcdef"]}


def _answers(page: str) -> Document:
    person = {"name": "Nguyễn Thị Hương", "id": "046192003718", "birth_date": "1992-03-08"}
    made: Document = {
        "name": "Nguyễn Thị Hương",
        "about": "Một đoạn văn có dấu. " * 10,
        "sort": "a",
        "also": ["a", "b"],
        "agreed": True,
        "count": 12,
        "area": 120.25,
        "price": 1_500_000,
        "begins": "2026-01-31",
        "ends": "2026-10-10",
        "since": "2019-05",
        "who": {**person, "sex": "female"},
        "firm": {"tax_code": "0100233488", "name": "Công ty Bún Huế"},
        "phone": "+84912345678",
        "email": "huong@example.vn",
        "account": {"bank": "970436", "number": "0071000123456", "holder": "NGUYEN THI HUONG"},
        "site": {"lat": 16.463712, "lng": 107.590866},
        "more": "Thêm",
        "end": False,
    }
    answers = {f"{page}_{name}": value for name, value in made.items()}
    if page == "f":
        del answers["f_more"], answers["f_end"]
        answers |= {"goods": _rows("goods"), "things": _rows("things")}
    return answers


def _rows(id_: str) -> list[Document]:
    return [
        {
            f"{id_}_item": f"Mặt hàng {number}",
            f"{id_}_sort": "a" if number % 2 else "b",
            f"{id_}_price": 10_000 + number,
            f"{id_}_many": 1.5,
            f"{id_}_made": "2026-05-05",
            **({f"{id_}_cold": True} if number % 2 else {}),
            f"{id_}_maker": {"name": "Trần Văn Bình", "birth_date": "1980-12-01"},
        }
        for number in range(ROWS)
    ]


ANSWERS: Document = {name: value for page in "abcdef" for name, value in _answers(page).items()}
