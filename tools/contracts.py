"""One contract import-linter lacks: a room is entered only by its public doors."""

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class Doors(Contract):
    """Forbid ``root.a.x`` from importing ``root.b.y`` unless ``y`` is one of the doors."""

    root: Any = fields.StringField()
    open: Any = fields.ListField(subfield=fields.StringField())
    doors: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        broken = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._forces_entry(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _forces_entry(self, importer: str, imported: str) -> bool:
        here, there = importer.split("."), imported.split(".")
        if there[0] != self.root or len(there) < 2 or len(here) < 2:
            return False
        if here[1] == there[1] or there[1] in self.open or here[1] == "config":
            return False
        return len(there) < 3 or there[2] not in self.doors

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} enters {imported} other than by a door")
