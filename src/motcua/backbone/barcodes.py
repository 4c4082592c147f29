"""Bar codes for papers: read by any scanner at a desk, as if the code had been typed."""

from barcode.codex import Code128
from markupsafe import Markup

HEIGHT = 40
QUIET = 10
"""Modules of white on each side; a scanner needs them."""


def bar_code(text: str) -> Markup:
    """
    Return a Code 128 of a text as SVG of one path without styles, ``HEIGHT`` modules high.

    :param text: ASCII, such as a dossier's code
    """
    (bars,) = Code128(text).build()
    path, at = "", QUIET
    for width, black in _runs(bars):
        if black:
            path += f"M{at} 0h{width}v{HEIGHT}h-{width}z"
        at += width
    return Markup(  # noqa: S704 (digits only)
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {at + QUIET} {HEIGHT}" '
        f'preserveAspectRatio="none" role="img" aria-hidden="true"><path d="{path}"/></svg>'
    )


def _runs(bars: str) -> list[tuple[int, bool]]:
    """Return the widths of the bars and gaps of a row of ones and noughts."""
    runs: list[tuple[int, bool]] = []
    for module in bars:
        black = module == "1"
        if runs and runs[-1][1] is black:
            runs[-1] = (runs[-1][0] + 1, black)
        else:
            runs.append((1, black))
    return runs
