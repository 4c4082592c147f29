"""Words for what the portals tell each other by a name."""

from collections.abc import Mapping

from motcua.kernel.text import N_

KNOWN_BY: Mapping[str, str] = {
    "card": N_("Identity card"),
    "vneid": N_("VNeID, level 2"),
    "passport": N_("Passport"),
    "birth": N_("Birth certificate"),
    "receipt": N_("The code on the receipt"),
    "letter": N_("A letter they sent here"),
}
"""By what a clerk knew who stood there, or wrote, later."""
