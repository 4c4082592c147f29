"""A bar code is read back by the tables of its standard."""

import re

from barcode.charsets import code128
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.barcodes import QUIET, bar_code


def modules_of(svg):
    width = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    black = set()
    for at, wide in re.findall(r"M(\d+) 0h(\d+)v", svg):
        black |= set(range(int(at), int(at) + int(wide)))
    return "".join("1" if n in black else "0" for n in range(width))


@given(st.from_regex(r"[A-Z0-9.]{6,16}-[0-9]{6}-[0-9]{4,6}", fullmatch=True))
def test_the_bars_have_a_start_a_right_check_and_a_stop(code):
    bars = modules_of(bar_code(code))
    assert bars.startswith("0" * QUIET) and bars.endswith("0" * QUIET)  # noqa: PT018
    inner = bars.strip("0")
    symbols = [inner[n : n + 11] for n in range(0, len(inner) - 13, 11)]
    values = [code128.CODES.index(symbol) for symbol in symbols]
    *said, check = values
    assert check == (said[0] + sum(n * value for n, value in enumerate(said[1:], 1))) % 103
    assert inner.endswith(code128.STOP + "11")
