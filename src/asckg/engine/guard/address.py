"""Which addresses a federated query may reach: public ones, and what the operator listed as an address itself."""

import asyncio
import ipaddress
import socket
from urllib.parse import urlsplit

from asckg.error import AsckgError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class AddressError(AsckgError):
    """A name that leads to an address that nobody may be sent to."""


def embedded(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address carries (mapped, 6to4, Teredo, NAT64), else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address


def is_public(address: Address) -> bool:
    """Return whether an address, and the one that it carries, is one of the public internet."""
    carried = embedded(address)
    return carried.is_global and not (carried.is_multicast or carried.is_reserved)


def listed_literally(host: str) -> bool:
    """Return whether an operator wrote an address or `localhost` into the list, and so means it."""
    if host == "localhost":
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def check_listed(url: str) -> str:
    """Return the endpoint as listed; raise AsckgError for what cannot be one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
        raise AsckgError(
            f"--service-allow {url}: give the whole http or https IRI of an endpoint, without user or fragment"
        )
    return url


async def resolve(host: str, port: int) -> str:
    """Return one address of `host` to connect to; raise AddressError when any of its addresses is not public."""
    if listed_literally(host):
        return "127.0.0.1" if host == "localhost" else host
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise AddressError(f"{host} cannot be found ({error})") from error
    addresses = [str(entry[4][0]) for entry in found]
    for one in addresses:
        if not is_public(ipaddress.ip_address(one.split("%", 1)[0])):
            raise AddressError(f"{host} leads to {one}, which is not a public address")
    return addresses[0]
