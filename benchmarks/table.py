"""Write what was measured into a page of the documentation, between its marks."""

from pathlib import Path


def put(page: Path, name: str, text: str) -> None:
    """Replace what stands between the marks of `name` in `page`."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    before, rest = page.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
