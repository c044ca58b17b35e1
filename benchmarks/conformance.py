"""Run the W3C's suites over HTTP and write their results into `docs/sparql.md`."""

import tempfile
from pathlib import Path

from benchmarks import peer  # before the tests' modules: it makes them importable
from benchmarks.table import put

from service_case import LEAVE, TOKEN, make_home, serving  # isort: skip
from w3c_case import DESCRIPTION_TESTS, SUITES, check_description, read_manifest, run_fresh  # isort: skip

PAGE = peer.ROOT / "docs" / "sparql.md"
FOLDER = peer.ROOT.parent / "shared" / "w3c" / "sparql" / "sparql11"


def results() -> dict[str, dict[str, bool]]:
    """Return for each suite which of its tests passed."""
    found: dict[str, dict[str, bool]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = make_home(Path(folder))
        with serving(home, writable=True, token=TOKEN, timeout=20) as server:
            for suite, path in SUITES.items():
                for case in read_manifest(FOLDER / path):
                    found.setdefault(suite, {})[case.name] = passes(lambda c=case: run_fresh(c, server.client, LEAVE))
            for name in DESCRIPTION_TESTS:
                passed = passes(lambda n=name: check_description(n, server.url, server.client))
                found.setdefault("SPARQL 1.1 Service Description", {})[name] = passed
    return found


def passes(run: object) -> bool:
    """Return whether a test raises no AssertionError."""
    try:
        run()  # type: ignore[operator]
    except AssertionError:
        return False
    return True


def write() -> None:
    """Write the table into the page, between its marks."""
    lines = ["| suite | passed | of | failed |", "|---|---|---|---|"]
    for suite, tests in results().items():
        failed = ", ".join(name for name, passed in tests.items() if not passed) or "none"
        lines.append(f"| {suite} | {sum(tests.values())} | {len(tests)} | {failed} |")
        print(lines[-1], flush=True)
    put(PAGE, "conformance", "\n".join(lines))
