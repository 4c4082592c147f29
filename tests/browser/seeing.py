"""What somebody sees who goes through a page by the keyboard: where they are, and that they are."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

SEEN = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const drawn = e.labels?.length && e.matches('[type=checkbox], [type=radio]') ? e.labels[0] : e;
  const rings = [[e, null], [drawn, null], [drawn, '::before']].map(([one, part]) => {
    const style = getComputedStyle(one, part);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
      || style.boxShadow !== 'none';
  });
  const box = drawn.getClientRects()[0] ?? drawn.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 24) / 2];
  const top = document.elementFromPoint(x, y);
  const shown = Boolean(top && (drawn.contains(top) || top.contains(e) && top.matches('label')));
  const path = [];
  for (let one = e; one.parentElement; one = one.parentElement) {
    path.unshift([...one.parentElement.children].indexOf(one));
  }
  return { at: path.join('.'), name: e.name ?? '', ring: rings.some(Boolean), shown,
    text: (e.textContent || e.getAttribute('aria-label') || '').trim().slice(0, 60) };
}"""


def here(page: Page) -> Mapping[str, Any] | None:
    """Return what has the focus, whether its ring is drawn and it is not covered; None: nothing."""
    found: Mapping[str, Any] | None = page.evaluate(SEEN)
    return found


def stops(page: Page, *, most: int = 400) -> list[Mapping[str, Any]]:
    """Go through the whole page by Tab, from where one is until one comes by it again."""
    found: list[Mapping[str, Any]] = []
    for _press in range(most):
        page.keyboard.press("Tab")
        now = here(page)
        if now is None or any(now["at"] == each["at"] for each in found):
            return found
        found.append(now)
    raise AssertionError(f"no end by Tab after {most}")
