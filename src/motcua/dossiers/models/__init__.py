from motcua.dossiers.models.dossier import DayNumber, Dossier, Rating, Transition
from motcua.dossiers.models.draft import Draft
from motcua.dossiers.models.linked import LinkedFiling, LinkedPart
from motcua.dossiers.models.moves import DueMove
from motcua.dossiers.models.question import Question

__all__ = [
    "DayNumber",
    "Dossier",
    "Draft",
    "DueMove",
    "LinkedFiling",
    "LinkedPart",
    "Question",
    "Rating",
    "Transition",
]
