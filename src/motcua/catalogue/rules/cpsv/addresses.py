"""Where the things of the catalogue stand: addresses that stay as long as the portal's own."""

from dataclasses import dataclass
from urllib.parse import quote

from motcua.catalogue.rules.cpsv.wording import slug


@dataclass(frozen=True, slots=True)
class Addresses:
    """
    Addresses under ``base``, without a slash at its end.

    What belongs to one procedure stands on its page, what procedures share on the search page.
    """

    base: str

    def page(self, code: str) -> str:
        """Return the page of a procedure."""
        return f"{self.base}/thu-tuc/{quote(code, safe='')}/"

    def filing(self, code: str) -> str:
        """Return where a procedure is filed online."""
        return f"{self.base}/nop/{quote(code, safe='')}/"

    def own(self, code: str, key: str) -> str:
        """Return the address of something that belongs to one procedure."""
        return f"{self.page(code)}#{quote(key, safe='')}"

    def service(self, code: str) -> str:
        """Return the address of the service itself."""
        return self.own(code, "service")

    def shared(self, kind: str, name: str = "") -> str:
        """Return the address of something that many procedures name."""
        return f"{self.base}/tim-kiem/#{kind}" + (f"-{slug(name)}" if name else "")
