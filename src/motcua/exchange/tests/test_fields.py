from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.exchange.rules.fields import (
    InnerList,
    Item,
    NotStructured,
    Token,
    read_dictionary,
    usual_bytes,
    written,
    written_parameters,
)

keys = st.from_regex(r"[a-z*][a-z0-9_.*-]{0,8}", fullmatch=True)
ascii_text = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=20)
bare = st.one_of(
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.binary(max_size=70),
    ascii_text,
    st.from_regex(r"[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]{0,8}", fullmatch=True).map(Token),
)
parameters = st.dictionaries(keys, bare, max_size=4)


@given(st.dictionaries(keys, st.tuples(bare, parameters), min_size=1, max_size=4))
def test_what_is_written_is_read(members):
    text = ", ".join(f"{k}={written(v)}{written_parameters(p)}" for k, (v, p) in members.items())
    assert read_dictionary(text) == {k: Item(v, p) for k, (v, p) in members.items()}


@given(st.lists(st.tuples(bare, parameters), max_size=4), parameters)
def test_a_list_is_read_with_its_parameters_and_its_text(items, ends):
    inner = " ".join(f"{written(v)}{written_parameters(p)}" for v, p in items)
    text = f"({inner}){written_parameters(ends)}"
    read = read_dictionary(f"a={text}")["a"]
    assert read == InnerList(tuple(Item(v, p) for v, p in items), ends, text)


@given(st.text(max_size=60))
def test_any_other_text_is_refused_and_nothing_worse(text):
    with suppress(NotStructured):
        read_dictionary(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A=1",
        "a=1,",
        "a=1 b=2",
        "a=1, a=2",
        "a=1;b;b",
        'a="é"',
        'a="open',
        'a="\\x"',
        "a=1.5",
        "a=1234567890123456",
        "a=:AAA:",
        "a=:AAB=:",
        "a=(1 2",
        "a=(1,2)",
        'a=("x""y")',
        "a=?2",
        "a=@1795000000",
        "a=1\n",
    ],
)
def test_what_the_rfc_forbids_is_refused(text):
    with pytest.raises(NotStructured):
        read_dictionary(text)


def test_what_is_true_is_its_name_alone():
    assert read_dictionary("a;b, c=?0") == {"a": Item(True, {"b": True}), "c": Item(False, {})}


def test_only_ascii_can_be_written():
    with pytest.raises(ValueError, match="ASCII"):
        written("xã")


base64_like = st.text("AB+/z019=", max_size=12)


@given(st.one_of(st.binary(max_size=70).map(written), base64_like.map(lambda t: f":{t}:")))
def test_bytes_read_the_quick_way_are_those_read_by_the_rfc(text):
    quick = usual_bytes("sig", f"sig={text}")
    with suppress(NotStructured):
        assert read_dictionary(f"sig={text}") == {"sig": Item(quick)}
        return
    assert quick is None


@pytest.mark.parametrize("text", ["sig=:AAAA:;a", "sig=:AAAA:, b", "sug=:AAAA:", "sig=:", "sig=é:"])
def test_what_is_written_otherwise_is_not_read_the_quick_way(text):
    assert usual_bytes("sig", text) is None
