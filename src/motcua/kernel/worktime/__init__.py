"""When an office works, when a clock runs, when a thing is due: pure functions of a calendar."""

from motcua.kernel.worktime.arithmetic import add_working_time, start_of_clock, working_time_between
from motcua.kernel.worktime.calendars import (
    EIGHT_HOURS,
    STANDARD_WEEK,
    ZONE,
    WorkingCalendar,
    nominal_day_of,
)
from motcua.kernel.worktime.due import due_after_waits, due_at, revised_due
from motcua.kernel.worktime.hours import DAY_OFF, DayHours
from motcua.kernel.worktime.limits import Limit, Unit, Wait
from motcua.kernel.worktime.reappointment import (
    AppointedTwice,
    AppointmentNotLater,
    AppointmentOnDayOff,
    AppointmentTooFar,
    AppointmentTooLate,
    reappointed,
)

__all__ = [
    "DAY_OFF",
    "EIGHT_HOURS",
    "STANDARD_WEEK",
    "ZONE",
    "AppointedTwice",
    "AppointmentNotLater",
    "AppointmentOnDayOff",
    "AppointmentTooFar",
    "AppointmentTooLate",
    "DayHours",
    "Limit",
    "Unit",
    "Wait",
    "WorkingCalendar",
    "add_working_time",
    "due_after_waits",
    "due_at",
    "nominal_day_of",
    "reappointed",
    "revised_due",
    "start_of_clock",
    "working_time_between",
]
