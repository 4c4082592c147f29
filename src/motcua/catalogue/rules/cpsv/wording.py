"""What CPSV-AP wants said in a form of its own: durations, names of things in addresses, prices."""

import re
from decimal import ROUND_CEILING, Decimal
from hashlib import sha256
from urllib.parse import quote, urlsplit

from motcua.catalogue.rules.cpsv.services import Told
from motcua.catalogue.rules.readings import Level, Way
from motcua.kernel.folding import fold
from motcua.kernel.worktime import Limit, Unit

LEVELS = {
    Level.MINISTRY: Told("Bộ, cơ quan trung ương", "Ministry or central agency"),
    Level.PROVINCE: Told("Cấp tỉnh", "Province"),
    Level.DISTRICT: Told("Cấp huyện", "District"),
    Level.COMMUNE: Told("Cấp xã", "Commune"),
    Level.OTHER: Told("Cơ quan khác", "Other agency"),
}
AGENCIES = {
    Level.MINISTRY: Told("Bộ, cơ quan trung ương", "Ministry or central agency"),
    Level.PROVINCE: Told("Ủy ban nhân dân cấp tỉnh", "People's Committee of the province"),
    Level.COMMUNE: Told("Ủy ban nhân dân cấp xã", "People's Committee of the commune"),
}
ANY_AGENCY = Told("Cơ quan nhà nước có thẩm quyền", "Competent state agency")
"""Who is named where a record names nobody: CPSV-AP wants one authority at least."""

WAYS = {
    Way.ONLINE: Told("Trực tuyến", "Online"),
    Way.COUNTER: Told("Tại Bộ phận Một cửa", "At the one-stop desk"),
    Way.POST: Told("Dịch vụ bưu chính", "By post"),
}
APPLICANTS = {
    "citizen": Told("Công dân", "Citizens"),
    "enterprise": Told("Doanh nghiệp", "Enterprises"),
    "agency": Told("Cơ quan nhà nước", "State agencies"),
    "organisation": Told("Tổ chức", "Organisations"),
}
FREE = Told("Miễn phí", "Free of charge")

_UNITS = {
    Unit.WORKING_HOURS: Told("giờ làm việc", "working hours"),
    Unit.CLOCK_HOURS: Told("giờ", "hours"),
    Unit.WORKING_DAYS: Told("ngày làm việc", "working days"),
    Unit.DAYS: Told("ngày", "days"),
    Unit.MONTHS: Told("tháng", "months"),
}
_ALLOWED = "!#$%&'()*+,/:;=?@[]~-._"
_LONGEST = 60


def in_words(limit: Limit) -> Told:
    """Say a limit as the law does: ``5 ngày làm việc``."""
    if limit.unit is Unit.SAME_DAY:
        return Told("trong ngày", "the same day")
    unit = _UNITS[limit.unit]
    amount = f"{limit.amount.normalize():f}"
    return Told(f"{amount.replace('.', ',')} {unit.vi}", f"{amount} {unit.en}")


def duration_of(limit: Limit) -> str:
    """
    Return a limit as ISO 8601 (``xsd:duration``), never shorter than the law's.

    ISO 8601 knows no working days: they are told as the calendar days they last, five a week,
    rounded up. Fractions are told in minutes.
    """
    amount = Decimal(limit.amount)
    match limit.unit:
        case Unit.SAME_DAY:
            return "P1D"
        case Unit.MONTHS:
            return f"P{_up(amount)}M"
        case Unit.DAYS:
            return f"P{_up(amount)}D"
        case Unit.WORKING_DAYS:
            return f"P{_up(amount * 7 / 5)}D"
        case _:
            return f"PT{_up(amount * 60)}M" if amount % 1 else f"PT{_up(amount)}H"


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))


def slug(text: str) -> str:
    """Return a short name of ``text`` for an address: stable, the same for other accents."""
    name = "-".join(fold(text).split())
    if 0 < len(name) <= _LONGEST:
        return name
    mark = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name[:_LONGEST].strip('-')}-{mark}" if name else mark


def safe_address(url: str) -> str:
    """Return an address of the web with nothing in it that RDF forbids, or nothing at all."""
    if not url.startswith(("http://", "https://")):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if not parts.hostname or not re.fullmatch(r"[a-zA-Z0-9.:\[\]-]+", parts.netloc):
        return ""
    told = quote(url, safe=_ALLOWED)
    return told if re.fullmatch(r"(?:[^%]|%[0-9A-Fa-f]{2})*", told) else ""
