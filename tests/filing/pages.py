"""A page as somebody without JavaScript has it: what its form holds, and what one can read."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNREAD = frozenset({"script", "style", "template", "option", "textarea", "svg", "datalist"})


@dataclass(slots=True)
class Control:
    """A control of the form: what it holds, which values one can choose, whether one sees it."""

    name: str
    type: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    hidden: bool = False


class Page(HTMLParser):
    """The form that goes on from a page, by the names of its controls, and the page's words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.controls: dict[str, Control] = {}
        self.buttons: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._area: Control | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        """Return what one reads on the page, without what stands in boxes."""
        return re.sub(r"\s+", " ", " ".join(self.texts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append((tag, given))
        if not any(t == "form" and "data-form" in a for t, a in self._open):
            return
        name = given.get("name", "")
        if tag == "button":
            self.buttons.append((name, given.get("value", "")))
        elif tag in ("input", "select", "textarea") and name:
            self._control(tag, name, given)
        elif tag == "option" and self._area is not None:
            self._area.options.append(given.get("value", ""))
            if "selected" in given:
                self._area.values.append(given.get("value", ""))

    def _control(self, tag: str, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        hidden = kind == "hidden" or any("hidden" in a for _tag, a in self._open)
        control = self.controls.setdefault(name, Control(name, kind, hidden=hidden))
        if kind in ("radio", "checkbox"):
            control.options.append(given.get("value", "on"))
            if "checked" in given:
                control.values.append(given.get("value", "on"))
        elif tag == "input":
            control.values.append(given.get("value", ""))
        self._area = control if tag in ("select", "textarea") else None

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in ("select", "textarea"):
            self._area = None

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _given in self._open]
        if tags and tags[-1] == "textarea" and self._area is not None:
            self._area.values = [data.strip("\n")]
        seen = "main" in tags and not any("hidden" in given for _tag, given in self._open)
        if seen and not UNREAD & set(tags) and data.strip():
            self.texts.append(data.strip())

    def posted(self) -> dict[str, list[str]]:
        """Return what the browser sends as the page stands."""
        sent = {c.name: c.values for c in self.controls.values() if c.type != "file"}
        for control in self.controls.values():
            if control.type == "select" and not control.values and control.options:
                sent[control.name] = control.options[:1]
        return {name: values for name, values in sent.items() if values}
