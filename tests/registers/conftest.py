"""The town of the registers' own tests, where their pages are opened."""

from motcua.registrar.tests.conftest import registers, town

__all__ = ["registers", "town"]
