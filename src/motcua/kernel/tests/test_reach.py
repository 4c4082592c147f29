"""Which machines a portal may call."""

from ipaddress import ip_address

import pytest

from motcua.kernel.reach import is_inside, is_near, is_never_called, literal_in


@pytest.mark.parametrize(
    "text",
    [
        *("127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.1", "100.64.0.1", "::1", "fc00::1"),
        *("::ffff:10.0.0.5", "::ffff:127.0.0.1", "64:ff9b::a00:5", "2002:0a00:0005::1"),
        *("64:ff9b:1::a00:5", "::7f00:1"),
    ],
)
def test_private_networks_and_this_machine_are_inside_however_they_are_written(text):
    assert is_inside(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "203.162.4.190", "2001:4860:4860::8888"])
def test_the_world_is_not_inside(text):
    assert not is_inside(ip_address(text))
    assert not is_never_called(ip_address(text))


@pytest.mark.parametrize(
    "text",
    [
        *("169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fe80::1"),
        *("fd00:ec2::254", "100.100.100.200", "0.0.0.0", "::", "224.0.0.1", "ff02::1"),
        *("168.63.129.16", "::ffff:168.63.129.16", "192.0.0.192", "fd20:ce::254"),
    ],
)
def test_what_tells_machines_their_secrets_is_never_called(text):
    assert is_never_called(ip_address(text))


def test_an_address_says_by_itself_whether_it_is_near():
    assert is_near("http://localhost:8000/x")
    assert is_near("http://10.0.0.5/")
    assert is_near("http://[::1]:80/")
    assert not is_near("https://dichvucong.gov.vn")
    assert literal_in("http://dichvucong.gov.vn/") is None
    assert literal_in("http://[fe80::1%25eth0]/") == ip_address("fe80::1")
    assert literal_in("http://[") is None
