"""Addresses of the agencies' pages."""

from datetime import date

from django.urls import URLPattern, URLResolver, path, register_converter

from motcua.agencies.web import absences, calendar


class IsoDay:
    """A date in an address: ``2026-11-24``."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """Read it; a date that does not exist is no address."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Write it."""
        return value.isoformat()


register_converter(IsoDay, "iso_day")

app_name = "agencies"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/vang-mat/", absences.absent, name="absences"),
    path("quan-tri/vang-mat/<int:absence>/het/", absences.end, name="end_absence"),
    path("quan-tri/lich/", calendar.year, name="calendar"),
    path("quan-tri/lich/gio/", calendar.week, name="week"),
    path("quan-tri/lich/ngay/", calendar.day, name="day"),
    path("quan-tri/lich/bo/<iso_day:day>/", calendar.clear, name="clear"),
]
