from motcua.agencies.models.agencies import Agency, Office
from motcua.agencies.models.calendars import SpecialDay, Week
from motcua.agencies.models.posts import Post
from motcua.agencies.models.units import ElectronicId, Unit

__all__ = ["Agency", "ElectronicId", "Office", "Post", "SpecialDay", "Unit", "Week"]
