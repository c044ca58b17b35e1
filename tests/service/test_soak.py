"""A long run: memory, descriptors and processes of the server stay level over 100,000 requests."""

import asyncio
from pathlib import Path

import httpx
import pytest

from service_case import make_home, serving, small_graph

REQUESTS = 100_000


def own_memory(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def descriptors(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


async def ask(url: str, count: int) -> set[int]:
    left = iter(range(count))
    statuses: set[int] = set()

    async def work(client: httpx.AsyncClient) -> None:
        for number in left:
            text = (
                f"SELECT * {{ <http://example.org/s{number % 400}> ?p ?o }} # {number}" if number % 100 else "SELECT *"
            )
            statuses.add((await client.get(url, params={"query": text})).status_code)

    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        await asyncio.gather(*(work(client) for _ in range(8)))
    return statuses


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="memory is read in /proc")
def test_nothing_grows_over_a_hundred_thousand_requests(tmp_path: Path) -> None:
    with serving(make_home(tmp_path, small_graph()), cache=1 << 20) as server:
        url, process = f"{server.url}/sparql", server.process.pid
        asyncio.run(ask(url, REQUESTS // 10))
        before = own_memory(process), descriptors(process)
        assert asyncio.run(ask(url, REQUESTS)) == {200, 400}
        after = own_memory(process), descriptors(process)
    assert after[0] <= before[0] + 8 * 1024
    assert after[1] <= before[1] + 8
