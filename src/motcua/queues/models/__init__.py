from motcua.queues.models.places import DayNumber, Service, Window
from motcua.queues.models.tickets import Ticket

__all__ = ["DayNumber", "Service", "Ticket", "Window"]
