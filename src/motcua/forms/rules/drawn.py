"""What a page draws: controls with their words and values, as values themselves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from typing import Any

Choice = tuple[str, str, str | None]
"""Value, text and hint of one option."""

UnitChoices = Callable[[str, str | None], tuple[tuple[str, str], ...]]
"""From a level and a parent's code to the units there, as (code, name)."""

Tree = list[Any]
"""An expression as the page's script evaluates it."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that was kept under an answer: its id, its name and where it can be opened."""

    id: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """
    One row of a table or card of a group: what it is called (“Child 2”) and its controls.

    ``about`` is what tells it from the others (“Trần Minh Anh”). ``open`` tells that it has a
    problem or was just added, so that it is not folded; ``new`` that the focus goes to it.
    """

    number: int
    name: str
    fields: tuple["FieldView", ...]
    about: str = ""
    open: bool = False
    new: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class FieldView:
    """
    One control, or several in ``parts``, in ``rows`` or as ``files``.

    ``control`` is text, textarea, select, radios, checkboxes, date, block, files, table, group,
    point, signature, computed or note. ``value`` is what was typed (a mapping of day, month, year
    for a date, a tuple for checkboxes). ``choose`` tells that the list after it depends on it.

    For the page's script: ``reads`` says how to read the answer, ``show``, ``need`` and ``reckon``
    are the conditions of showing and requiring it and the expression that it is computed by.
    """

    name: str
    control: str
    label: str
    value: Any = ""
    hint: str | None = None
    error: str | None = None
    source: str | None = None
    optional: bool = False
    options: tuple[Choice, ...] = ()
    parts: tuple["FieldView", ...] = ()
    type: str = "text"
    inputmode: str | None = None
    autocomplete: str | None = None
    width: int | None = None
    choose: bool = False
    unit: str | None = None
    decimals: int = 0
    partial: bool = False
    rows: tuple[RowView, ...] = ()
    columns: tuple["FieldView", ...] = ()
    row_name: str = ""
    least: int = 0
    most: int = 0
    removed: str = ""
    files: tuple[FileView, ...] = ()
    accept: tuple[str, ...] = ()
    sends: str = ""
    tone: str = "info"
    format: str = "text"
    map: str = ""
    hidden: bool = False
    reads: str = "text"
    show: Tree | None = None
    need: Tree | None = None
    reckon: Tree | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """
    What a page knows beside the answers.

    ``files``: names and addresses of the files that answers hold, by id; ``sends``: the address
    that takes files part by part, if there is one; ``added``: the table or group that a row was
    just added to; ``removed``: the row that is gone (``children.2``).
    """

    files: Mapping[str, FileView] = given(default_factory=dict)
    sends: str = ""
    added: str = ""
    removed: str = ""


NOTHING_BESIDE = Beside()


@dataclass(frozen=True, slots=True)
class Said:
    """
    What a page says beside its fields, in one language: problems and sources by name.

    ``map_address`` is where a point can be looked at, with ``{lat}`` and ``{lng}`` in it.
    """

    language: str
    problems: Mapping[str, str]
    sources: Mapping[str, str]
    beside: Beside = NOTHING_BESIDE
    map_address: str = ""
