"""Addresses inside our walls stay closed, whatever dress they wear."""

import pytest
from ckanext.orden.fetching.addresses import is_allowed, is_public

INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "0.0.0.0",  # noqa: S104 - asked about, never bound
    "192.0.2.1",
    "198.18.0.1",
    "::",
    "::1",
    "::127.0.0.1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "3fff::1",
    "::ffff:0:7f00:1",
    "2400:1234::5efe:7f00:1",
    "2400:1234::200:5efe:7f00:1",
    "192.0.0.8",
    "192.88.99.1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_inner_address_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.0.114.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_outer_address_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("allowed", "port", "expected"),
    [("127.0.0.1", 80, True), ("127.0.0.1:8000", 8000, True), ("127.0.0.1:8000", 8001, False), ("other", 80, False)],
)
def test_private_address_needs_its_host_in_the_option(allowed, port, expected):
    assert is_allowed("127.0.0.1", "127.0.0.1", port, frozenset([allowed])) is expected
