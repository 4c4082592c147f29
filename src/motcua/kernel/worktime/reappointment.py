"""A new appointment that a late office may make; how often is for the caller to say."""

from datetime import datetime, timedelta

from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_
from motcua.kernel.worktime.calendars import WorkingCalendar


class AppointmentTooLate(Conflict):
    code = "appointment-too-late"
    message = N_(
        "The due time has passed, so a new appointment can no longer be announced. "
        "Return the result as soon as it is ready."
    )


class AppointedTwice(Conflict):
    code = "appointed-twice"
    message = N_("No further new appointment is allowed. Return the result as soon as it is ready.")


class AppointmentNotLater(Invalid):
    code = "appointment-not-later"
    message = N_("The new appointment must be later than the present one. Choose a later time.")


class AppointmentTooFar(Invalid):
    code = "appointment-too-far"
    message = N_("A new appointment is at most a year away. Choose an earlier time.")


class AppointmentOnDayOff(Invalid):
    code = "appointment-on-day-off"
    message = N_("The office does not work then. Choose a time in its working hours.")


FURTHEST = timedelta(days=365)
"""How long after it is announced a new appointment may be."""


def reappointed(
    due: datetime,
    to: datetime,
    *,
    announced: datetime,
    calendar: WorkingCalendar,
    before: bool,
) -> datetime:
    """
    Return the due time that replaces ``due`` (giấy xin lỗi và hẹn lại ngày trả kết quả).

    ``announced`` is when the applicant is told, ``before`` whether it was done as often as may be.
    Closing time itself is within working hours.

    :raises AppointedTwice: if ``before``
    :raises AppointmentTooLate: if it is announced at or after the present due time
    :raises AppointmentNotLater: if the new time is not later
    :raises AppointmentTooFar: if it is more than a year after it is announced
    :raises AppointmentOnDayOff: if the office does not work at that time
    """
    if before:
        raise AppointedTwice
    if announced >= due:
        raise AppointmentTooLate
    if to <= due:
        raise AppointmentNotLater
    if to - announced > FURTHEST:
        raise AppointmentTooFar
    local = calendar.local(to)
    spans = calendar.hours_on(local.date()).on(local.date(), calendar.zone)
    if not any(opens <= local <= closes for opens, closes in spans):
        raise AppointmentOnDayOff
    return local
