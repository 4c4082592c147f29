"""What a sample of the living page is, and the sections they stand in."""

from dataclasses import dataclass

from motcua.kernel.text import N_


@dataclass(frozen=True, slots=True)
class Sample:
    """One component: its section, its macro's name, and a call."""

    section: str
    name: str
    source: str


BUTTONS = N_("Buttons and links")
FIELDS = N_("Fields")
KINDS = N_("Fields of several parts")
BLOCKS = N_("Blocks")
PAPERS = N_("Papers and receipts")
WAYS = N_("Finding one's way")
HOME = N_("Tiles, rows, figures")
CHARTS = N_("Charts")
SIGNS = N_("Signs and pictures")
AT_DESK = N_("The desk")
