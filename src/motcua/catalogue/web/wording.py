"""What the catalogue's values are called on pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from motcua.backbone.formats import dong
from motcua.catalogue.queries.hits import Cost, Level, Online
from motcua.catalogue.queries.procedures import Way
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Pack

LEVELS = {
    Level.MINISTRY: N_("Ministry or central agency"),
    Level.PROVINCE: N_("Province"),
    Level.DISTRICT: N_("District"),
    Level.COMMUNE: N_("Commune"),
    Level.OTHER: N_("Other agency"),
}
WAYS = {Way.ONLINE: N_("Online"), Way.POST: N_("By post"), Way.COUNTER: N_("At the counter")}
REACH = {
    Online.FULL: N_("Online from start to end"),
    Online.PARTIAL: N_("Partly online"),
    Online.SOME: N_("Can be filed online"),
    Online.NONE: N_("At the one-stop desk"),
}


def levels_in_words(levels: Iterable[Level]) -> str:
    """``Cấp tỉnh, Cấp xã``."""
    return ", ".join(_(LEVELS[level]) for level in levels)


def cost_of_pack(pack: Pack) -> str:
    """Say what filing under ``pack`` costs before anything is answered."""
    if not pack.fees:
        return _("Free of charge")
    amounts = [fee.for_everybody for fee in pack.fees]
    if None in amounts:
        return _("Depends on your case; see below")
    return dong(sum(amount or 0 for amount in amounts))


def cost_in_words(cost: Cost, fees: Iterable[int]) -> str:
    """Say a price; never "free" or a sum where the published words leave a doubt."""
    sums = sorted(fees)
    if cost is Cost.FREE:
        return _("Free of charge")
    if cost is Cost.AMOUNT and sums:
        if len(sums) == 1:
            return dong(sums[0])
        return _("%(least)s to %(most)s") % {"least": dong(sums[0]), "most": dong(sums[-1])}
    return _("Fee: see the details")
