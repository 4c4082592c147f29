"""Times, money and numbers as people write them, in Vietnamese and in English."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from motcua.kernel.money import Dong
from motcua.kernel.worktime import ZONE, Limit, Unit

_DAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SWAP = str.maketrans(",.", ".,")


def _vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")


def number(value: int) -> str:
    """``12345`` → ``12.345`` (``12,345`` in English)."""
    return f"{value:,}".replace(",", ".") if _vietnamese() else f"{value:,}"


def decimal(value: float | Decimal, places: int = 1) -> str:
    """``1.84`` → ``1,8`` (``1.8`` in English); zeros after the point are left out."""
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    return text.translate(_SWAP) if _vietnamese() else text


def percent(share: float) -> str:
    """``0.986`` → ``98,6%``; only a whole is 100%, only nothing is 0%."""
    shown = min(max(share * 100, 0.1), 99.9) if 0 < share < 1 else share * 100
    return f"{decimal(shown)}%"


def span(value: timedelta) -> str:
    """Return a length of time in the unit people would use: ``1,8 ngày``, ``5 giờ``."""
    minutes = value.total_seconds() / 60
    if minutes < 60:
        count = decimal(minutes, 0)
        return ngettext("%(count)s minute", "%(count)s minutes", round(minutes)) % {"count": count}
    unit = 60 if minutes < 60 * 24 else 60 * 24
    count = decimal(minutes / unit)
    plural = 1 if count == "1" else 2
    if unit == 60:
        return ngettext("%(count)s hour", "%(count)s hours", plural) % {"count": count}
    return ngettext("%(count)s day", "%(count)s days", plural) % {"count": count}


def limit(value: Limit | None) -> str:
    """Return the time a procedure allows: ``5 ngày làm việc``; an unknown one is never a number."""
    if value is None:
        return _("See the details")
    if value.unit is Unit.SAME_DAY:
        return _("Within the day")
    plural = 1 if value.amount == 1 else 2
    words = {
        Unit.WORKING_HOURS: ngettext("%(count)s working hour", "%(count)s working hours", plural),
        Unit.CLOCK_HOURS: ngettext("%(count)s hour", "%(count)s hours", plural),
        Unit.WORKING_DAYS: ngettext("%(count)s working day", "%(count)s working days", plural),
        Unit.DAYS: ngettext("%(count)s day", "%(count)s days", plural),
        Unit.MONTHS: ngettext("%(count)s month", "%(count)s months", plural),
    }
    return words[value.unit] % {"count": decimal(value.amount, 2)}


def dong(value: Dong | int) -> str:
    """``24000`` → ``24.000 đồng`` (``24,000 VND`` in English)."""
    amount = value.amount if isinstance(value, Dong) else value
    return f"{number(amount)} đồng" if _vietnamese() else f"{number(amount)} VND"


def day(value: date | datetime) -> str:
    """Return a date with its weekday: ``thứ Ba 24/11/2026``, ``Tuesday 24/11/2026``."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).date()
    return _day(value, vietnamese=_vietnamese())


@lru_cache(maxsize=2_000)
def _day(value: date, *, vietnamese: bool) -> str:
    names = _DAYS_VI if vietnamese else _DAYS_EN
    return f"{names[value.weekday()]} {value:%d/%m/%Y}"


def clock(value: datetime) -> str:
    """Return a time of day: ``17:00``, ``9:05``."""
    local = value.astimezone(ZONE)
    return f"{local.hour}:{local.minute:02}"


def moment(value: datetime) -> str:
    """Return a moment: ``17:00 thứ Ba 24/11/2026``."""
    return f"{clock(value)} {day(value)}"
