import json
from pathlib import Path

import pytest

from motcua.kernel import banks


def test_banks_have_names():
    assert banks.bank_name("970436") == "Vietcombank"
    assert banks.bank_name("123456") == "123456"


def test_banks_are_those_of_the_source():
    source = Path(__file__).parents[5] / "shared/data/banks/vietnam-qr-pay-1.5.1-banks.json"
    if not source.exists():
        pytest.skip("the source of the bank list is not here")
    entries = [x for x in json.loads(source.read_text()) if x["bin"] and not x.get("deprecated")]
    assert set(banks.NAMES) == {x["bin"] for x in entries}
