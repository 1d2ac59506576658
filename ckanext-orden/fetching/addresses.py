"""Which addresses may be opened: everything that is reachable by the public and nothing inside our own walls."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))

UNROUTED = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("3fff::/20"))
"""Of protocols, relays of 6to4, and documents: Python's versions differ about them."""

Address = IPv4Address | IPv6Address


def is_public(text: str) -> bool:
    """Whether the IP address belongs to the public internet, looking inside IPv6 addresses that carry an IPv4 one."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if _is_tunnel(address):
            return False
        address = address.ipv4_mapped or address
    if any(address in network for network in UNROUTED):
        return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )


def _is_isatap(address: IPv6Address) -> bool:
    return address.packed[8:12] in (b"\x00\x00\x5e\xfe", b"\x02\x00\x5e\xfe")


def _is_tunnel(address: IPv6Address) -> bool:
    """6to4, Teredo, ISATAP and NAT64 can lead to any IPv4 address, ours too, and no public catalogue needs them."""
    return bool(
        address.sixtofour or address.teredo or _is_isatap(address) or any(address in network for network in NAT64)
    )


def is_allowed(address: str, host: str, port: int, allow_hosts: frozenset[str]) -> bool:
    """Whether `address`, found for `host`, may be opened; `allow_hosts` holds `host` or `host:port`."""
    name = f"[{host}]" if ":" in host else host
    return bool({host, name, f"{name}:{port}"} & allow_hosts) or is_public(address)
