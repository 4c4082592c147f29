"""Every address of the portal, from its own URL configuration, filled with somebody's things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PLAIN = {
    "step": "case",
    "slug": "tu-choi",
    "page": "1",
    "provider": "sandbox",
    "service": "echo.v1",
    "rest": "x",
    "ending": "csv",
    "day": "2026-11-24",
    "job": "999999",
    "mark": "999999",
    "question": "999999",
    "slip": "bo-sung-1",
    "agreement": "00000000-0000-4000-8000-000000000001",
    "member": "000.00.00.H26",
    "state": "suspended",
    "kid": "0" * 32,
    "book": "dan-cu",
    "record": "999999",
    "correction": "999999",
    "parent": "999999",
    "system_id": "999999",
    "paper": "proof",
    "consent": "00000000-0000-4000-8000-000000000000",
    "opinion": "00000000-0000-4000-8000-000000000000",
}
"""What stands in an address and belongs to nobody."""

PACKS = ("draft_id", "code", "version", "withdrawal", "file", "path")
"""What stands in the studio's addresses, which name other things elsewhere."""


@dataclass(frozen=True)
class Address:
    """A pattern such as ``ho-so/<str:code>/`` and the names of the things in it."""

    route: str
    names: tuple[str, ...]
    exempt: bool

    def of(self, things: Mapping[str, str]) -> str:
        """Return the address of these things."""
        path = "/" + self.route
        known = {**PLAIN, **things}
        if self.route.startswith(("nop/", "thu-tuc/", "api/v1/procedures/")):
            known["code"] = "9.000001"
        if self.route.startswith("quan-tri/goi/"):
            known |= {name: things[f"pack_{name}"] for name in PACKS}
        if "trao-doi/" in self.route:
            known |= {"provider": "000.00.00.G01", "code": "population.v1"}
        for name in self.names:
            start = path.index("<")
            path = path[:start] + known[name] + path[path.index(">") + 1 :]
        return path

    @property
    def is_api(self) -> bool:
        """Tell whether programs use it, who sign in otherwise."""
        return self.route.startswith("api/")


def addresses() -> list[Address]:
    """Return them all."""
    return list(_in(get_resolver().url_patterns, "", ()))


def _in(
    patterns: list[URLPattern | URLResolver], before: str, names: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        here = (*names, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            yield from _in(pattern.url_patterns, route, here)
        else:
            yield Address(route, here, getattr(pattern.callback, "csrf_exempt", False))
