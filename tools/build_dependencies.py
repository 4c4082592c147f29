"""The package's dependencies are those of requirements/run.in, and its extras': named once."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

EXTRAS = ("analytics", "spark")


class Dependencies(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        metadata["dependencies"] = self._named("run")
        metadata["optional-dependencies"] = {extra: self._named(extra) for extra in EXTRAS}

    def _named(self, kind: str) -> list[str]:
        lines = (Path(self.root) / "requirements" / f"{kind}.in").read_text().splitlines()
        return [x for x in lines if x.strip() and not x.startswith(("#", "-"))]
