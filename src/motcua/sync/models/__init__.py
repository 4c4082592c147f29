"""The tables of the room."""

from motcua.sync.models.archives import ArchivedYear
from motcua.sync.models.dossiers import Dossier, Status
from motcua.sync.models.legacy import Detail, System, SystemCall
from motcua.sync.models.parents import Parent, Untaken
from motcua.sync.models.quality import Quality
from motcua.sync.models.streams import Block, Refusal, Stream

__all__ = [
    "ArchivedYear",
    "Block",
    "Detail",
    "Dossier",
    "Parent",
    "Quality",
    "Refusal",
    "Status",
    "Stream",
    "System",
    "SystemCall",
    "Untaken",
]
