"""Filling a page with nothing but the keyboard."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

MOST = 200
"""More presses of a key than any page here needs."""
HERE = """() => { const e = document.activeElement; return {
  name: e.name ?? '', type: e.type ?? '', tag: e.tagName, value: e.value ?? '',
  text: (e.textContent ?? '').trim(), checked: e.checked ?? false } }"""


def by_keys(page: Page, answers: Mapping[str, str], *, until: str) -> None:
    """Go from control to control by Tab, answer each, add one child, press the button ``until``."""
    done: set[str] = set()
    for _press in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["tag"] == "BUTTON" and here["text"] == until:
            page.keyboard.press("Enter")
            return
        name = f"{here['name']}={here['value']}" if here["tag"] == "BUTTON" else here["name"]
        if name == "add=children" and name not in done:
            page.keyboard.press("Enter")
            expect(page.locator("[name='children.0.name']")).to_be_focused()
            page.keyboard.press("Shift+Tab")
        elif name in answers and (name not in done or here["type"] == "checkbox"):
            _answer(page, here, answers[name])
        done.add(name)
    raise AssertionError(f"no way to {until} by keys: {done}")


def _answer(page: Page, here: Mapping[str, str], value: str) -> None:
    if here["type"] == "checkbox":
        if here["value"] in value.split() and not here["checked"]:
            page.keyboard.press("Space")
    elif here["type"] == "radio":
        page.keyboard.press("Space")
        _down_to(page, value)
    elif here["tag"] == "SELECT":
        expect(page.locator(f"[name='{here['name']}'] option[value='{value}']")).to_have_count(1)
        _down_to(page, value)
    elif not here["value"]:
        page.keyboard.insert_text(value)


def _down_to(page: Page, value: str) -> None:
    for _press in range(MOST):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no {value} in the list")


def press_by_keys(page: Page, key: str, *, name: str = "", text: str = "") -> None:
    """Go by Tab to the control of that name, or the button of that text, and press a key on it."""
    for _press in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if (name and here["name"] == name) or (text and here["text"] == text):
            page.keyboard.press(key)
            return
    raise AssertionError(f"no way to {name or text} by keys")
