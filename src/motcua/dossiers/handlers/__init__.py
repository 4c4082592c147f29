"""What dossiers does when something was announced."""

from motcua.dossiers.handlers import calendars, linked, notices, payments, questions, results

__all__ = ["calendars", "linked", "notices", "payments", "questions", "results"]
