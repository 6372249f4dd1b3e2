"""Who asks: the address that holds the connection, and no header unless proxies of ours are said to write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.signing.address import client_address, household


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.7", "", 0, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", 0, "192.0.2.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", 2, "10.0.0.1"),
        ("10.0.0.1", "no address", 1, "10.0.0.1"),
        ("::ffff:192.0.2.7", "", 0, "192.0.2.7"),
        ("fe80::1%eth0", "", 0, "fe80::1"),
        ("", "198.51.100.1", 0, None),
    ],
)
def test_the_address_that_counts(remote, forwarded, proxies, expected):
    assert client_address(remote, forwarded, proxies=proxies) == expected


@given(st.text())
def test_no_header_changes_who_asks_without_proxies_of_ours(forwarded):
    assert client_address("192.0.2.7", forwarded, proxies=0) == "192.0.2.7"


@given(st.text(), st.integers(1, 9))
def test_what_a_client_writes_before_the_proxies_counts_nothing(forged, proxies):
    written = ", ".join(["198.51.100.1", *["10.0.0.2"] * (proxies - 1)])
    assert client_address("10.0.0.1", f"{forged}, {written}", proxies=proxies) == "198.51.100.1"


def test_one_subscriber_counts_as_one():
    assert household("192.0.2.7") == "192.0.2.7"
    assert household("2001:db8:1:2::9") == household("2001:db8:1:2:ffff::1") != household("2001:db8:1:3::9")
