from motcua.dossiers.models.bulk import Bulk, BulkItem
from motcua.dossiers.models.desk import Mark, Note, PaperCheck, SavedView
from motcua.dossiers.models.dossier import DayNumber, Dossier, Rating, Transition
from motcua.dossiers.models.draft import Draft
from motcua.dossiers.models.handovers import HandOver, HandOverItem
from motcua.dossiers.models.linked import LinkedFiling, LinkedPart
from motcua.dossiers.models.moves import DueMove
from motcua.dossiers.models.opinion import Opinion
from motcua.dossiers.models.question import Question

__all__ = [
    "Bulk",
    "BulkItem",
    "DayNumber",
    "Dossier",
    "Draft",
    "DueMove",
    "HandOver",
    "HandOverItem",
    "LinkedFiling",
    "LinkedPart",
    "Mark",
    "Note",
    "Opinion",
    "PaperCheck",
    "Question",
    "Rating",
    "SavedView",
    "Transition",
]
