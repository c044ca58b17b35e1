"""What the kernel keeps from workers: other machines, new sockets, other programs."""

import asyncio
import errno
import select
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Callable

import pytest

from asckg.engine.pool import Kind, Pool, Request, Source
from asckg.engine.pool import filter as filter_program
from pool_case import JSON, TURTLE, with_pool
from waiting import PATIENCE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's bars are Linux's")

TRY = """
import errno, os, socket
from asckg.engine.pool import {module}
print({call})
for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
    try:
        socket.socket(family)
        print("open")
    except OSError as error:
        print(errno.errorcode[error.errno])
try:
    os.execv("/bin/true", ["true"])
except OSError as error:
    print(errno.errorcode[error.errno])
child = os.fork()
if child == 0:
    try:
        socket.socket()
    except PermissionError:
        os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def tried(module: str, call: str) -> list[str]:
    code = TRY.format(module=module, call=call)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def test_the_filter_refuses_sockets_and_programs_to_a_process_and_its_children() -> None:
    said = tried("filter", "filter.refuse_calls()")
    if said[0] == "False":
        pytest.skip("this kernel or processor has no filter of system calls")
    assert said[1:] == ["EACCES"] * 4 + ["7"]


CALLS = ["socket", "connect", "execve", "ptrace", "process_vm_readv", "process_vm_writev", "execveat"]
CALLS += ["io_uring_setup", "pidfd_getfd"]


def decision(machine: str, audit: int, number: int) -> int:
    """Return what the kernel would make of a call, by running the filter as it does (linux/filter.h)."""
    lines = [struct.unpack("=HBBI", line) for line in filter_program._instructions(filter_program._PROCESSORS[machine])]
    at, held = 0, 0
    while True:
        code, if_true, if_false, value = lines[at]
        if code == filter_program._RETURN:
            return value
        if code == filter_program._LOAD:
            held = audit if value == filter_program._ARCHITECTURE else number
        else:
            holds = held == value if code == filter_program._JUMP_EQUAL else held >= value
            at += if_true if holds else if_false
        at += 1


@pytest.mark.skipif(shutil.which("scmp_sys_resolver") is None, reason="libseccomp's scmp_sys_resolver is not installed")
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_numbers_of_calls_are_those_that_libseccomp_has_for_each_processor(machine: str) -> None:
    command = ["scmp_sys_resolver", "-a", machine]
    said = [subprocess.run([*command, call], capture_output=True, text=True, check=True).stdout for call in CALLS]
    assert sorted(map(int, said)) == sorted(filter_program._PROCESSORS[machine].refused)


@pytest.mark.parametrize(("machine", "audit"), [("x86_64", 62), ("aarch64", 183)])  # EM_ in linux/elf-em.h
def test_the_filter_decides_as_it_should_on_each_processor(machine: str, audit: int) -> None:
    audit |= 0xC0000000  # 64 bits, little-endian, as in linux/audit.h
    refused = filter_program._PROCESSORS[machine].refused
    for number in range(500):
        wanted = 0x00050000 | errno.EACCES if number in refused else 0x7FFF0000
        assert decision(machine, audit, number) == wanted
    assert decision(machine, audit, 0x40000000 | refused[0]) == 0x00050000 | errno.EACCES
    assert decision(machine, audit ^ 1, 0) == 0x80000000


def test_what_was_barred_is_what_is_said() -> None:
    said = "".join(tried("sandbox", "sandbox.bar_network()"))
    assert ("'calls'" in said) == ("EACCES" in said)


def test_a_worker_reaches_nobody_even_when_its_query_got_past_the_guard(source: Source) -> None:
    """The guard is told to let the endpoint through, so that only the kernel is left to refuse."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        text = f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
        request = Request("query", text, JSON.code, TURTLE.code, services=((url, url),))

        async def use(pool: Pool) -> None:
            assert pool.generation is not None
            if not pool.generation.bars:
                pytest.skip("this kernel bars workers from nothing")
            reply = await pool.run(request)
            assert reply.kind is Kind.FAILED
            with pytest.raises(TimeoutError):
                await asyncio.to_thread(listening.accept)

        with_pool(source, use)


class Gate:
    """Takes the door at which workers come out, and listens at the same port of this network."""

    def __init__(self, listening: socket.socket) -> None:
        self.port = int(listening.getsockname()[1])
        self.door: socket.socket | None = None

    async def listen(self, door: socket.socket) -> Callable[[], None]:
        self.door = door
        return door.close


@pytest.mark.parametrize("elsewhere", [False, True], ids=["the gate", "another port"])
def test_a_worker_that_may_ask_the_gate_reaches_it_and_nobody_else(source: Source, *, elsewhere: bool) -> None:
    """This also shows that the worker of the test above did try to connect."""
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_server(("127.0.0.1", 0)) as other:
        gate = Gate(listening)
        url = f"http://127.0.0.1:{(other if elsewhere else listening).getsockname()[1]}/sparql"
        text = f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
        request = Request("query", text, JSON.code, TURTLE.code, services=((url, url),))

        async def use(pool: Pool) -> None:
            assert pool.generation is not None
            if pool.generation.bars != ["namespace"]:
                pytest.skip("this kernel permits no network namespace, so workers that may ask others keep the network")
            assert gate.door is not None
            job = pool.submit(request)
            if elsewhere:
                await asyncio.gather(job.done, return_exceptions=True)
            else:
                assert await connected(gate.door, PATIENCE)
                await asyncio.gather(job.done, return_exceptions=True)
            assert not [one for one in (gate.door, listening, other) if await connected(one, 0)]

        with_pool(source, use, gate=gate)


async def connected(listening: socket.socket, seconds: float) -> bool:
    """Whether somebody connects within so many seconds; the connection is closed at once."""
    readable, _, _ = await asyncio.to_thread(select.select, [listening], [], [], seconds)
    if readable:
        listening.accept()[0].close()
    return bool(readable)
