"""What a draft is made of, as lists to read: its pages and questions, and its other parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from motcua.forms.rules.definition import Words
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import Flaw, flaws_in, said
from motcua.studio.queries.editing import box_at, nearest, title_of
from motcua.studio.rules.editors import LISTS, SINGLE, editor_of
from motcua.studio.rules.parts import NoSuchPart, asked_by, ids_inside, part_at, text_of
from motcua.studio.rules.shapes import Path

KINDS: Mapping[str, Words] = {
    "text": Words("Chữ", "Text"),
    "long_text": Words("Đoạn văn", "Long text"),
    "number": Words("Số", "Number"),
    "money": Words("Tiền", "Money"),
    "date": Words("Ngày", "Date"),
    "choice": Words("Chọn một", "One choice"),
    "choices": Words("Chọn nhiều", "Many choices"),
    "yes_no": Words("Có hoặc không", "Yes or no"),
    "address": Words("Địa chỉ", "Address"),
    "person": Words("Người", "Person"),
    "enterprise": Words("Doanh nghiệp", "Enterprise"),
    "phone": Words("Điện thoại", "Phone"),
    "email": Words("Thư điện tử", "E-mail"),
    "bank_account": Words("Tài khoản ngân hàng", "Bank account"),
    "files": Words("Tệp", "Files"),
    "table": Words("Bảng nhiều dòng", "Table of rows"),
    "group": Words("Nhóm lặp lại", "Repeating group"),
    "point": Words("Điểm trên bản đồ", "Point on the map"),
    "signature": Words("Chữ ký", "Signature"),
    "computed": Words("Tự tính", "Computed"),
    "note": Words("Lời nhắc", "Note"),
}
IN_ROWS = {
    "table": ("text", "number", "money", "date", "choice", "yes_no", "phone", "email", "computed"),
    "group": tuple(
        kind for kind in KINDS if kind not in ("table", "group", "files", "point", "signature")
    ),
}
"""Kinds that a column of rows may have."""


_BELOW: Mapping[str, tuple[str, ...]] = {"steps": ("sections",), "sections": ("fields",)}


@dataclass(frozen=True, slots=True)
class Item:
    """A part in a list: how it is called, what is said of it, and what stands in it."""

    way: str
    title: str
    detail: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    asked_by: tuple[tuple[str, str], ...] = ()
    inner: tuple["Item", ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()
    flaws: int = 0

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"p-{self.way.replace('/', '-').replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Area:
    """A list of the same parts, and where one more is added (nowhere: the list is fixed)."""

    key: str
    title: str
    items: tuple[Item, ...]
    add: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Something left to be done in a part, in words; its editor's way and box, or its file."""

    way: str
    title: str
    messages: tuple[str, ...]
    box: str = ""
    file: str = ""


@for_rooms
def left_in(files: Mapping[str, str]) -> tuple[Left, ...]:
    """Return what is still wrong or to be written, in the order in which a pack is best made."""
    source = read_files(files)
    flaws = [flaw for flaw in flaws_in(source) if not flaw.warning]
    parts: dict[tuple[Path, str], list[Flaw]] = {}
    for flaw in sorted(flaws, key=lambda each: _rank(each.path)):
        way = nearest(flaw.path)
        parts.setdefault((way, "" if way else source.finding(flaw).file), []).append(flaw)
    return tuple(
        _left(source.document, way, file if file in files else "", file, found)
        for (way, file), found in parts.items()
    )


def _left(document: Mapping[str, Any], way: Path, here: str, file: str, flaws: list[Flaw]) -> Left:
    if not way:
        return Left("", file, tuple(dict.fromkeys(map(said, flaws))), file=here)
    boxes = [box_at(document, way, flaw.path[len(way) :]) for flaw in flaws]
    told = [
        label
        if flaw.rule == "todo" and label
        else f"{label}: {said(flaw)}"
        if label
        else said(flaw)
        for flaw, (_box, label) in zip(flaws, boxes, strict=True)
    ]
    return Left(text_of(way), title_of(document, way), tuple(dict.fromkeys(told)), boxes[0][0])


_ORDER = ("cases", "form", "eligibility", "papers", "fees", "limits", "workflow", "results")


def _rank(path: Path) -> tuple[int, tuple[str, ...]]:
    named = str(path[1]) if path[:1] == ("procedure",) and len(path) > 2 else str(path[0])
    first = -1 if named in ("title", "summary", "procedure") else len(_ORDER)
    place = _ORDER.index(named) if named in _ORDER else first
    return place, tuple(f"{p:05}" if isinstance(p, int) else str(p) for p in path)


@for_rooms
def pages_of(document: Mapping[str, Any]) -> tuple[Item, ...]:
    """Return the pages of the form with their sections and questions."""
    asking = asked_by(document, ids_inside(document.get("form")))
    return tuple(_inner(document, ("form", "steps"), asking))


def _inner(document: Mapping[str, Any], path: Path, asking: Mapping[str, Any]) -> Iterator[Item]:
    try:
        nodes = part_at(document, path)
    except NoSuchPart:
        return
    for number, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if isinstance(node, Mapping):
            yield _item(document, (*path, number), node, asking)


def _item(
    document: Mapping[str, Any], path: Path, node: Mapping[str, Any], asking: Mapping[str, Any]
) -> Item:
    kind = str(node.get("kind", ""))
    below: tuple[str, ...] = {"steps": ("sections",), "sections": ("fields",)}.get(
        str(path[-2]), ()
    )
    if kind in IN_ROWS:
        below = ("rows", "columns")
    language = get_language() or "vi"
    offered = IN_ROWS.get(kind, tuple(KINDS)) if below != ("sections",) else ()
    askers = asking.get(str(node.get("id", "")), ()) if kind else ()
    return Item(
        text_of(path),
        _called(document, path, node),
        _details(node),
        KINDS[kind][language] if kind in KINDS else kind,
        tuple(_asker(document, each) for each in dict.fromkeys(map(nearest, askers))),
        tuple(_inner(document, (*path, *below), asking)) if below else (),
        tuple((each, KINDS[each][language]) for each in offered) if below else (),
    )


def _called(document: Mapping[str, Any], path: Path, node: Mapping[str, Any]) -> str:
    if str(path[-2]) == "sections" and "title" not in node:
        return ""
    return title_of(document, path)


def _details(node: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the id and the conditions of a part, as (which, text)."""
    named = ("id", "show", "required", "when", "refuse_when", "value", "code")
    texts = ((key, node[key]) for key in named if key in node)
    return tuple(
        (key, "" if isinstance(text, bool) else str(text))
        for key, text in texts
        if text is not True
    )


def _asker(document: Mapping[str, Any], path: Path) -> tuple[str, str]:
    return text_of(path), title_of(document, path)


@for_rooms
def askers_of(document: Mapping[str, Any], path: Path) -> tuple[tuple[str, str], ...]:
    """Return what asks for a part, or for a question in it, from outside it: (way, name)."""
    names = ids_inside(part_at(document, path)) if path[0] == "form" else frozenset[str]()
    ways = {nearest(way): None for found in asked_by(document, names).values() for way in found}
    return tuple(_asker(document, way) for way in ways if way[: len(path)] != path)


@for_rooms
def areas_of(document: Mapping[str, Any]) -> tuple[Area, ...]:
    """Return everything but the form, in lists."""
    procedure = document.get("procedure")
    procedure = procedure if isinstance(procedure, Mapping) else {}
    language = get_language() or "vi"
    singles = [("procedure",), *(("procedure", key) for key in SINGLE)]
    first = tuple(
        Item(text_of(path), made.title[language])
        for path in singles
        if (made := editor_of(path, {}, {}))
    )
    lists = [
        _area(document, ("procedure", key)) for key in LISTS if key != "parts" or key in procedure
    ]
    return (
        Area("identity", "", first),
        *lists,
        _area(document, ("workflow", "steps")),
        _examples(document),
    )


def _area(document: Mapping[str, Any], path: Path) -> Area:
    made = editor_of((*path, 0), {}, {})
    title = made.title[get_language() or "vi"] if made else ""
    items = tuple(_inner(document, path, {}))
    return Area(str(path[-1]), title, items, f"{text_of(path)}/moi")


def _examples(document: Mapping[str, Any]) -> Area:
    items = tuple(Item(f"examples/{name}", name) for name in sorted(document.get("examples", {})))
    made = editor_of(("examples", ""), {}, {})
    return Area("examples", made.title[get_language() or "vi"] if made else "", items)


@for_rooms
def sections_of(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return where a question can be taken to: the way of each section, and how it is called."""
    return tuple(
        (section.way, f"{page.title}: {section.title}" if section.title else page.title)
        for page in pages_of(document)
        for section in page.inner
    )
