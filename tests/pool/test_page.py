"""Large pages are asked for, and what lies in them is as before."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import os
import pyoxigraph as ox
from asckg.engine.pool.page import enlarge_pages

store = ox.Store()
predicate = ox.NamedNode("http://example.org/p")
store.extend(
    ox.Quad(ox.NamedNode(f"http://example.org/{number}"), predicate, ox.Literal("x" * 100 + str(number)))
    for number in range(40_000)
)
before = store.dump(format=ox.RdfFormat.N_QUADS)
asked = enlarge_pages()
child = os.fork()
same = store.dump(format=ox.RdfFormat.N_QUADS) == before
if child == 0:
    os._exit(0 if same else 1)
print(same, os.waitpid(child, 0)[1] == 0, asked)
print(next(line for line in open("/proc/self/smaps_rollup") if line.startswith("AnonHugePages:")).split()[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="large pages are asked for in Linux's way")
def test_data_in_large_pages_are_the_same_in_a_process_and_in_its_fork() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    told, held = done.stdout.splitlines()
    assert told.startswith("True True ")
    kernel = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    if int(told.split()[2]) == 0 or "[never]" in kernel.read_text(encoding="ascii"):
        pytest.skip("this kernel holds nothing in large pages")
    assert int(held) > 0
