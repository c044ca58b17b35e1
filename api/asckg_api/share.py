"""How many connections there is room for, and how many of them each client has."""

import contextlib
import sys
from collections import Counter
from ipaddress import AddressValueError, IPv6Address

FILES = 65_536  # open files that the server asks the system for
OTHER_FILES = 128  # of these, what is kept for workers and the store
SHARES = "asckg.shares"  # the extension of a scope that asks for its client to be counted
_NETWORK = 8  # bytes of an address of IPv6 that are its network's: who has one has all of the rest


class Shares:
    """Counts what each client has of the `room` for connections, `each` at most."""

    def __init__(self, room: int, each: int) -> None:
        self.room = room
        self.each = each
        self._held: Counter[str] = Counter()

    def take(self, address: str) -> bool:
        """Count one more for the client at `address`, and return whether that is within its share."""
        holder = holder_of(address)
        self._held[holder] += 1
        return self._held[holder] <= self.each

    def give_back(self, address: str) -> None:
        """Count one less for the client at `address`."""
        holder = holder_of(address)
        self._held[holder] -= 1
        if not self._held[holder]:
            del self._held[holder]


def holder_of(address: str) -> str:
    """Return what stands for the client at `address`: in IPv6 its network of 64 bits, of which one client has all.

    >>> holder_of("2001:db8::1") == holder_of("2001:db8::2"), holder_of("::ffff:192.0.2.1")
    (True, '192.0.2.1')
    """
    if ":" not in address:
        return address
    try:
        parsed = IPv6Address(address)
    except AddressValueError:
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped is not None else parsed.packed[:_NETWORK].hex()


def room_for_connections() -> int:
    """Return how many connections may be open, after the system's limit on open files was raised as far as it goes."""
    if sys.platform == "win32":
        return FILES
    import resource  # noqa: PLC0415  absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):  # some systems have a lower limit that they do not tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    # A connection takes two while a large answer is sent down it.
    return (min(soft, wanted) - OTHER_FILES) // 2 if soft != resource.RLIM_INFINITY else FILES // 2
