"""A name that leads elsewhere between the check and the connection; the resolver and the network are the test's own."""

import json
import os
import subprocess
import sys

import pytest

# In a network namespace of its own 8.8.8.8 is an address of the loopback interface: nothing leaves the machine.
PROGRAM = r"""
import asyncio, fcntl, json, socket, struct, sys
from urllib.parse import urlsplit
from asckg.engine.guard.gate import Gate
from asckg.engine.pool.sandbox import leave_network

PUBLIC, PRIVATE, PORT = "8.8.8.8", "127.0.0.1", 8080
heard = []


def give_loopback(name, address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        family = struct.pack("=16sH2s4s8s", name, socket.AF_INET, bytes(2), socket.inet_aton(address), bytes(8))
        fcntl.ioctl(any_socket, 0x8916, family)  # SIOCSIFADDR
        fcntl.ioctl(any_socket, 0x8914, struct.pack("=16sH14s", name, 0x41, bytes(14)))  # SIOCSIFFLAGS: up, running


def listen(address):
    async def answer(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        heard.append([address, head.split(b"\r\n")[1].decode()])
        body = b'{"head":{},"boolean":true}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    return asyncio.start_server(answer, address, PORT)


async def main(answers):
    asked = []

    def look_up(host, *rest, **more):
        if host in (PUBLIC, PRIVATE):
            return real(host, *rest, **more)
        asked.append(host)
        return [(2, 1, 6, "", (answers[min(len(asked), len(answers)) - 1], PORT))]

    real, socket.getaddrinfo = socket.getaddrinfo, look_up
    gate = Gate(["http://rebound.example:8080/sparql"], 60, 1 << 20)
    servers = [await listen(PUBLIC), await listen(PRIVATE)]
    await gate.start()
    parts = urlsplit(gate.services[0][1])
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"POST {parts.path} HTTP/1.1\r\nContent-Length: 6\r\n\r\nASK {{}}".encode())
    answer = (await reader.read()).decode()
    writer.close()
    await gate.close()
    print(json.dumps({"answer": answer, "heard": heard, "asked": asked}))


if not leave_network():
    sys.exit(77)
give_loopback(b"lo", PRIVATE)
give_loopback(b"lo:1", PUBLIC)
asyncio.run(main(sys.argv[1:]))
"""


def asked_by_the_gate(*answers: str) -> dict[str, object]:
    """Return what happened when the name led to each of `answers` in turn, the last one from then on."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", PROGRAM, *answers]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, env=environment)
    if done.returncode == 77:
        pytest.skip("a network namespace is not permitted here")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_connection_goes_to_the_address_that_was_judged() -> None:
    told = asked_by_the_gate("8.8.8.8", "127.0.0.1")
    assert told["heard"] == [["8.8.8.8", "Host: rebound.example:8080"]]
    assert told["asked"] == ["rebound.example"]
    assert str(told["answer"]).startswith("HTTP/1.1 200")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
def test_a_name_that_leads_inside_is_refused_before_anyone_is_asked(address: str) -> None:
    told = asked_by_the_gate(address)
    assert told["heard"] == []
    assert str(told["answer"]).startswith("HTTP/1.1 502")
    assert f"leads to {address}" in str(told["answer"])
