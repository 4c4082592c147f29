from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.files.rules.tus import HeaderNotUnderstood, filename_in, matches, number_in


@given(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8")), st.booleans())
def test_a_name_arrives_as_it_was_sent(name, more):
    sent = f"filename {b64encode(name.encode()).decode()}"
    assert filename_in(f"kind,{sent} ,type cGRm" if more else sent) == name


@pytest.mark.parametrize(
    ("header", "name"), [("", ""), ("is_confidential", ""), ("name QQ==", "A")]
)
def test_a_name_is_not_needed(header, name):
    assert filename_in(header) == name


@pytest.mark.parametrize("header", ["filename ê", "filename QQ", "filename //79", "filename <x>"])
def test_a_name_that_is_not_base64_of_text_is_refused(header):
    with pytest.raises(HeaderNotUnderstood):
        filename_in(header)


@pytest.mark.parametrize("text", ["", "-1", "1.0", "+1", " 1", "1e3", "0x10", "٣", "9" * 16, "1,2"])
def test_a_length_is_a_plain_number(text):
    with pytest.raises(HeaderNotUnderstood):
        number_in({"Upload-Length": text}, "Upload-Length")


@given(st.integers(0, 10**15 - 1))
def test_a_number_arrives_as_it_was_sent(number):
    assert number_in({"Upload-Offset": str(number)}, "Upload-Offset") == number


def test_a_part_that_was_damaged_is_seen():
    assert matches(b"hello world", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
    assert not matches(b"hello worlD", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=")
    assert matches(b"", "sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")


@pytest.mark.parametrize("checksum", ["md5 AAAA", "sha1", "sha1 ê", "sha1 A", "crc32 AA=="])
def test_a_checksum_that_cannot_be_read_is_refused(checksum):
    if checksum == "sha1":
        assert not matches(b"", checksum)
        return
    with pytest.raises(HeaderNotUnderstood):
        matches(b"", checksum)
