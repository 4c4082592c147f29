"""Times, money and numbers are written as people write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from motcua.backbone import formats
from motcua.kernel.money import Dong
from motcua.kernel.worktime import Limit, Unit

NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WRITTEN = [
    (formats.number, 1234567, "1.234.567", "1,234,567"),
    (formats.decimal, 1.84, "1,8", "1.8"),
    (formats.decimal, 2.0, "2", "2"),
    (formats.percent, 0.986, "98,6%", "98.6%"),
    (formats.percent, 1, "100%", "100%"),
    (formats.percent, 0.99999, "99,9%", "99.9%"),
    (formats.percent, 0.0001, "0,1%", "0.1%"),
    (formats.dong, Dong(24000), "24.000 đồng", "24,000 VND"),
    (formats.dong, 8000, "8.000 đồng", "8,000 VND"),
    (formats.day, date(2026, 11, 24), "thứ Ba 24/11/2026", "Tuesday 24/11/2026"),
    (formats.day, NOON, "thứ Ba 24/11/2026", "Tuesday 24/11/2026"),
    (formats.clock, NOON, "17:00", "17:00"),
    (formats.moment, NOON, "17:00 thứ Ba 24/11/2026", "17:00 Tuesday 24/11/2026"),
    (formats.span, timedelta(days=1, hours=19), "1,8 ngày", "1.8 days"),
    (formats.span, timedelta(days=1), "1 ngày", "1 day"),
    (formats.span, timedelta(hours=5), "5 giờ", "5 hours"),
    (formats.span, timedelta(minutes=1), "1 phút", "1 minute"),
    (formats.limit, None, "Xem chi tiết", "See the details"),
    (formats.limit, Limit(Decimal(0), Unit.SAME_DAY), "Trong ngày", "Within the day"),
    (formats.limit, Limit(Decimal(5), Unit.WORKING_DAYS), "5 ngày làm việc", "5 working days"),
    (formats.limit, Limit(Decimal("0.5"), Unit.WORKING_DAYS), "0,5 ngày làm việc", None),
    (formats.limit, Limit(Decimal(20), Unit.DAYS), "20 ngày", "20 days"),
    (formats.limit, Limit(Decimal(1), Unit.MONTHS), "1 tháng", "1 month"),
    (formats.limit, Limit(Decimal(8), Unit.WORKING_HOURS), "8 giờ làm việc", "8 working hours"),
    (formats.limit, Limit(Decimal(24), Unit.CLOCK_HOURS), "24 giờ", "24 hours"),
]


@pytest.mark.parametrize(("write", "value", "vi", "en"), WRITTEN)
def test_it_is_written_as_people_write_it(write, value, vi, en):
    with translation.override("vi"):
        assert write(value) == vi
    if en is not None:
        with translation.override("en"):
            assert write(value) == en
