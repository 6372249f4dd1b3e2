"""The network address of whoever asks. X-Forwarded-For is written by anybody, so it counts only as far as
TRUSTED_PROXIES says that proxies of ours stand before the server."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings


def client_address(remote: str, forwarded: str, *, proxies: int) -> str | None:
    """The client's address: `remote`, who holds the connection; behind `proxies` of ours, the entry of `forwarded`
    (X-Forwarded-For) that the outermost of them wrote. An entry that is missing or no address does not count. None if
    the server knows no address at all, as behind a local socket."""
    entries = [entry.strip() for entry in forwarded.split(",")] if forwarded else []
    if 0 < proxies <= len(entries) and (written := _plain(entries[-proxies])):
        return written
    return _plain(remote)


def address_of(request) -> str | None:
    """The client's address of a request, by the settings."""
    meta = request.META
    return client_address(
        meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), proxies=settings.TRUSTED_PROXIES
    )


def household(address: str) -> str:
    """What limits count as one client: an IPv4 address, or the /64 of an IPv6 address, which one subscriber owns."""
    parsed = ip_address(address)
    return str(ip_network(f"{parsed}/64", strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)


def _plain(text: str) -> str | None:
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    # A zone ("fe80::1%eth0") is not part of an address on the wire, and no column holds it.
    return str(mapped or ip_address(str(parsed).partition("%")[0]))
