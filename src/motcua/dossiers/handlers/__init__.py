"""What dossiers does when something was announced."""

from motcua.dossiers.handlers import calendars, notices, payments, results

__all__ = ["calendars", "notices", "payments", "results"]
