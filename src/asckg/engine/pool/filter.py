"""A filter of system calls (seccomp): no new sockets and no other programs, also where a namespace is not permitted.

Numbers are those of Linux's tables for each processor: arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h; the program's form is that of linux/filter.h and linux/seccomp.h.
"""

import ctypes
import errno
import platform
import struct
import sys
from typing import NamedTuple

_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_MODE_FILTER = 2
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_X32 = 0x40000000  # calls by x86_64's other table carry this bit


class _Processor(NamedTuple):
    """How the kernel calls a processor, and the numbers of the calls that are refused there."""

    audit: int
    refused: tuple[int, ...]


# socket, connect, execve, ptrace, process_vm_readv, process_vm_writev, execveat; then the numbers all have in common:
# io_uring_setup (it opens sockets too) and pidfd_getfd (it takes them from others).
_COMMON = (425, 438)
_PROCESSORS = {
    "x86_64": _Processor(0xC000003E, (41, 42, 59, 101, 310, 311, 322, *_COMMON)),
    "aarch64": _Processor(0xC00000B7, (198, 203, 221, 117, 270, 271, 281, *_COMMON)),
}


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def refuse_calls() -> bool:
    """Whether this process, and all it forks, can open no socket and start no program from now on.

    Needs no rights. False on another system or processor, or where the kernel has no such filters.
    """
    processor = _PROCESSORS.get(platform.machine())
    if sys.platform != "linux" or processor is None or ctypes.sizeof(ctypes.c_void_p) != 8:  # noqa: PLR2004  bytes
        return False
    code = b"".join(_instructions(processor))
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p).value)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0) == 0)


def _instructions(processor: _Processor) -> list[bytes]:
    """Return the filter: another table of calls ends the process, a refused call fails with EACCES."""
    refused = processor.refused
    lines = [
        _line(_LOAD, _ARCHITECTURE),
        _line(_JUMP_EQUAL, processor.audit, 1, 0),
        _line(_RETURN, _KILL_PROCESS),
        _line(_LOAD, _NUMBER),
        _line(_JUMP_AT_LEAST, _X32, len(refused) + 1, 0),
    ]
    lines += [_line(_JUMP_EQUAL, number, len(refused) - place, 0) for place, number in enumerate(refused)]
    return [*lines, _line(_RETURN, _ALLOW), _line(_RETURN, _ERRNO | errno.EACCES)]


def _line(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one struct sock_filter; jumps count the lines between."""
    return struct.pack("=HBBI", code, if_true, if_false, value)
