"""The one way out of a network without interfaces: a socket that listens on its loopback, held by who is outside."""

import socket
import struct

_SET_FLAGS = 0x8914  # SIOCSIFFLAGS, as in linux/sockios.h
_UP_AND_RUNNING = 0x41  # IFF_UP and IFF_RUNNING, as in linux/if.h


def open_door(port: int) -> socket.socket:
    """Return a socket that listens at `port` of the loopback of this process's own network, which is brought up.

    A socket belongs to the network that it was made in, wherever it is handed to. Raises OSError where that is not
    permitted; call it before sockets are refused.
    """
    import fcntl  # noqa: PLC0415  absent on Windows

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("=16sH14s", b"lo", _UP_AND_RUNNING, bytes(14)))
    return socket.create_server(("127.0.0.1", port))
