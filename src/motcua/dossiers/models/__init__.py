from motcua.dossiers.models.dossier import DayNumber, Dossier, Rating, Transition
from motcua.dossiers.models.draft import Draft

__all__ = ["DayNumber", "Dossier", "Draft", "Rating", "Transition"]
