from motcua.agencies.models.absences import Absence
from motcua.agencies.models.agencies import Agency, Office
from motcua.agencies.models.calendars import SpecialDay, Week
from motcua.agencies.models.posts import Post
from motcua.agencies.models.units import ElectronicId, Unit

__all__ = ["Absence", "Agency", "ElectronicId", "Office", "Post", "SpecialDay", "Unit", "Week"]
