"""What the kernel keeps from workers: other machines, new sockets, other programs."""

import asyncio
import socket
import subprocess
import sys

import pytest

from asckg.engine.pool import Kind, Pool, Reply, Request, Source, StoppedError
from pool_case import JSON, TURTLE, with_pool

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


def test_what_was_barred_is_what_is_said() -> None:
    said = "".join(tried("sandbox", "sandbox.bar_network(network=False)"))
    assert ("'calls'" in said) == ("EACCES" in said)


def test_a_process_without_the_filter_opens_what_it_likes() -> None:
    assert tried("sandbox", "sandbox.bar_network(network=True)")[:4] == ["[]", "open", "open", "open"]


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


def test_a_worker_that_may_use_the_network_reaches_the_same_place(source: Source) -> None:
    """The test above would pass as well if nothing ever connected; this one shows that it does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        text = f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"
        request = Request("query", text, JSON.code, TURTLE.code, services=((url, url),))

        async def use(pool: Pool) -> None:
            job = pool.submit(request)
            connection, _ = await asyncio.to_thread(listening.accept)
            connection.close()
            (outcome,) = await asyncio.gather(job.done, return_exceptions=True)
            assert isinstance(outcome, Reply | StoppedError)

        with_pool(source, use, network=True)
