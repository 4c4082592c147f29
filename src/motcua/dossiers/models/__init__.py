from motcua.dossiers.models.dossier import DayNumber, Dossier, Rating, Transition
from motcua.dossiers.models.draft import Draft
from motcua.dossiers.models.linked import LinkedFiling, LinkedPart

__all__ = [
    "DayNumber",
    "Dossier",
    "Draft",
    "LinkedFiling",
    "LinkedPart",
    "Rating",
    "Transition",
]
