"""The address of a source: which may be entered, when two spellings are one, and which numbers are public."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.address import BadAddress, host, key, read, target
from tracker.sources.internet import is_public, literal
from tracker.vocabulary import AddressFault

PAGE = "https://ustr.gov/about/news?id=7"


def fault(text: str) -> AddressFault | None:
    try:
        read(text)
    except BadAddress as error:
        return error.fault
    return None


@pytest.mark.parametrize(
    "text",
    [
        "http://ustr.gov/about/news?id=7",
        "HTTPS://USTR.GOV/about/news?id=7",
        "https://ustr.gov:443/about/news?id=7",
        "http://ustr.gov:80/about/news/?id=7",
        "https://ustr.gov./about/news?id=7#top",
        "https://ustr.gov/about/news?utm_source=x&id=7&UTM_medium=y&fbclid=z&gclid=1",
        "https://ustr.gov/%61bout/n%65ws?id=7&",
        "  https://ustr.gov/about/news?id=7\n",
    ],
)
def test_spellings_of_one_address_have_one_key(text):
    assert key(text) == PAGE


@pytest.mark.parametrize(
    "text",
    [
        "https://ustr.gov/About/news?id=7",
        "https://ustr.gov/about/news?id=8",
        "https://ustr.gov/about%2Fnews?id=7",
        "https://ustr.gov:8443/about/news?id=7",
        "https://www.ustr.gov/about/news?id=7",
        "https://ustr.gov/about/news?id=7&utm=1",
    ],
)
def test_what_may_be_another_page_has_another_key(text):
    assert key(text) != PAGE


def test_a_name_in_its_own_letters_and_in_ascii_is_one():
    assert key("https://CancillerÍa.example.org/año") == key("https://xn--cancillera-s8a.example.org/a%c3%b1o/")


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert key(key(text)) == key(text)


@given(st.from_regex(r"https?://[a-zA-Z.]{1,12}(:\d{1,4})?/[%a-fA-F0-9./&?=#~é ]{0,30}", fullmatch=True))
def test_a_key_of_an_address_is_its_own_key(text):
    assert key(key(text)) == key(text)


@given(st.text())
def test_any_text_is_read_or_refused_and_never_a_fault_of_ours(text):
    if fault(text) is None:
        assert host(read(text)) != ""
        assert target(read(text)).isascii()


def test_what_is_read_stays_as_it_was_pasted():
    assert read(" HTTP://ustr.gov/About/?utm_source=x#a ") == "HTTP://ustr.gov/About/?utm_source=x#a"
    assert [read("ustr.gov/about"), read("ustr.gov:443/a")] == ["https://ustr.gov/about", "https://ustr.gov:443/a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("ftp://ustr.gov/a", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("mailto:a@ustr.gov", "scheme"),
        ("https://me:secret@ustr.gov/", "credentials"),
        ("https://ustr.gov@evil.org/", "credentials"),
        ("https://ustr.gov/a b", "signs"),
        ("https://ustr.gov/\0", "signs"),
        ("https://ustr.gov\\@evil.org/", "signs"),
        ("https://ustr.gov/<script>", "signs"),
        ("https://ustr.gov/a\nb", "signs"),
        ("https://" + "a" * 600, "too-long"),
        ("https://", "form"),
        ("https:///about", "form"),
        ("https://ustr.gov:99999/", "form"),
        ("https://ustr.gov:0/", "form"),
        ("https://[::1/", "form"),
        ("https://a..b/", "form"),
        ("https://%6cocalhost.org/", "form"),
        ("", "form"),
        ("http://localhost/", "private"),
        ("http://LOCALHOST./", "private"),
        ("http://ⓛocalhost/", "private"),
        ("http://127。0。0。1/", "private"),
        ("http://x.localhost/", "private"),
        ("http://printer.local/", "private"),
        ("http://intranet/", "private"),
        ("http://wiki.internal:8080/", "private"),
        ("http://router.home.arpa/", "private"),
        ("http://2130706433/", "private"),
        ("http://[::ffff:127.0.0.1]/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
    ],
)
def test_what_is_no_public_page_is_refused(text, expected):
    assert fault(text) == expected


INNER = [
    *("0.0.0.0", "0.1.2.3", "127.0.0.1", "127.1", "127.8.8.8", "2130706433", "0x7f.1", "0x7f000001", "017700000001"),
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "3232235777", "100.64.0.1", "169.254.169.254"),
    *("192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("192.88.99.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1"),
    *("64:ff9b::a00:1", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:a00:1::1", "2001:0:1::1", "2001:db8::1"),
    *("3fff::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "2606:4700::1%1", "fec0::1", "ff02::1"),
]
OUTER = [
    "8.8.8.8",
    "134744072",
    "172.32.0.1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]


@pytest.mark.parametrize("text", INNER)
def test_numbers_of_private_and_special_networks_are_not_public(text):
    assert is_public(literal(text)) is False


@pytest.mark.parametrize("text", OUTER)
def test_numbers_of_the_internet_are_public(text):
    assert is_public(literal(text)) is True


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_a_number_more_public(number):
    wrapped = [0xFFFF << 32 | int(number), 0x64FF9B << 96 | int(number), 0x2002 << 112 | int(number) << 80]
    assert {is_public(ipaddress.IPv6Address(value)) for value in wrapped} == {is_public(number)}


def test_a_name_is_no_number():
    assert [literal(name) for name in ("ustr.gov", "1.2.3.4.5", "0xg", "")] == [None] * 4
