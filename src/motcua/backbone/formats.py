"""Times, money and numbers as people write them, in Vietnamese and in English."""

from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language

from motcua.kernel.money import Dong

_DAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")


def number(value: int) -> str:
    """``12345`` → ``12.345`` (``12,345`` in English)."""
    return f"{value:,}".replace(",", ".") if _vietnamese() else f"{value:,}"


def dong(value: Dong | int) -> str:
    """``24000`` → ``24.000 đồng`` (``24,000 VND`` in English)."""
    amount = value.amount if isinstance(value, Dong) else value
    return f"{number(amount)} đồng" if _vietnamese() else f"{number(amount)} VND"


def day(value: date | datetime) -> str:
    """Return a date with its weekday: ``thứ Ba 24/11/2026``, ``Tuesday 24/11/2026``."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    names = _DAYS_VI if _vietnamese() else _DAYS_EN
    return f"{names[value.weekday()]} {value:%d/%m/%Y}"


def clock(value: datetime) -> str:
    """Return a time of day: ``17:00``, ``9:05``."""
    local = localtime(value)
    return f"{local.hour}:{local:%M}"


def moment(value: datetime) -> str:
    """Return a moment: ``17:00 thứ Ba 24/11/2026``."""
    return f"{clock(value)} {day(value)}"
