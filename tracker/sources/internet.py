"""Which numbers belong to the public internet: the desk opens pages there and nowhere else.

Pure, and without the network.
"""

import ipaddress
import socket

Number = ipaddress.IPv4Address | ipaddress.IPv6Address

# Where an IPv6 address carries an IPv4 one, that one is where the packets end.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Global by the letter of the registries, but nobody publishes there: 6to4 relays, Teredo and kin, documentation.
_NOBODY = [ipaddress.ip_network(net) for net in ("192.88.99.0/24", "192.0.0.0/24", "2001::/23", "3fff::/20")]
_UNICAST = ipaddress.ip_network("2000::/3")


def literal(host: str) -> Number | None:
    """The number that the host is, in any spelling that a system takes (2130706433, 0x7f.1, 017700000001); None for
    a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def is_public(address: Number) -> bool:
    """Whether the number belongs to the public internet: not private, loopback, link-local, shared, reserved or
    multicast, also not by way of an IPv4 address within an IPv6 one."""
    if address.version == 6:
        if address.scope_id:
            return False
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    elif address.is_multicast or address.is_reserved:
        return False
    return address.is_global and not any(address in net for net in _NOBODY if net.version == address.version)
