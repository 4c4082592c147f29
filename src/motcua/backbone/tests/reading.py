"""Read a page the way a browser's tree does, as far as tests ask."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page in order, as (tag, attributes), and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data):
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]


def check_frame(page: Page) -> None:
    """Every page: one h1, one main that the skip link leads to, named navigation, unique ids."""
    assert len(page.all("h1")) == 1
    assert [main["id"] for main in page.all("main")] == ["noi-dung"]
    skip = next(a for a in page.all("a") if a["href"].startswith("#"))
    assert skip["href"] == "#noi-dung"
    assert len(page.all("header")) >= 1 <= len(page.all("footer"))
    names = [nav.get("aria-label") for nav in page.all("nav")]
    assert all(names)
    assert len(set(names)) == len(names)
    assert len(set(page.ids())) == len(page.ids())
    for field in page.all("input") + page.all("select") + page.all("textarea"):
        if field.get("type") != "hidden":
            assert any(label.get("for") == field["id"] for label in page.all("label"))
    for _, attrs in page.elements:
        assert "style" not in attrs
        assert not any(name.startswith("on") for name in attrs)
        for wired in attrs.get("aria-describedby", "").split():
            assert wired in page.ids()
