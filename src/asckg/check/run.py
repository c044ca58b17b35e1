"""The whole check: every file read once, every kind of finding collected."""

from collections.abc import Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from asckg.check.bound import bound_findings
from asckg.check.material import Material, Part, Source
from asckg.check.query import query_findings
from asckg.check.reference import reference_findings
from asckg.check.single import Unmet, one_each
from asckg.check.syntax import names_begun, read_source
from asckg.corpus import ONTOLOGY, SCHEMES, Corpus
from asckg.error import AsckgError
from asckg.finding import Finding
from asckg.link.integrity import findings as link_findings
from asckg.source import outline
from asckg.turtle.file import short


def check(corpus: Corpus, paths: Collection[Path] = ()) -> list[Finding]:
    """Return every finding about a corpus, sorted by place.

    `paths` are files or folders to report on, all when empty; the rest is read so that references into it hold. A
    Turtle or query file that is named and is not of the corpus is checked as if it were.
    """
    material, found = load_material(corpus, paths)
    # SHACL is the slow part, and it shares nothing: a second core does it meanwhile.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        shapes = pool.submit(_shape_findings, [(source.part, str(source.path)) for source in material.sources])
        found += _plain_findings(material, corpus, paths)
        found = one_each(material, found, shapes.result())
    return sorted({finding for finding in found if _is_wanted(finding, paths)})


def check_without_shapes(corpus: Corpus) -> list[Finding]:
    """Return the findings of everything but the shapes, sorted: what a build insists on, in a quarter of the time."""
    material, found = load_material(corpus)
    return sorted({*one_each(material, [*found, *_plain_findings(material, corpus, ())])})


def _plain_findings(material: Material, corpus: Corpus, paths: Collection[Path]) -> Iterator[Finding]:
    yield from reference_findings(material)
    yield from bound_findings(material)
    for path in _queries(corpus, paths):
        yield from query_findings(path)
    yield from link_findings([short(path) for path in corpus.links()], material.about.keys() | material.unread)
    for folder in corpus.documents():
        yield from _outline_findings(short(folder / outline.FILE))


def _outline_findings(path: Path) -> Iterator[Finding]:
    try:
        outline.load(path)
    except AsckgError as error:
        yield Finding(str(path), 0, 0, "G022", str(error).removeprefix(f"{path}: "))


def load_material(corpus: Corpus, paths: Collection[Path] = ()) -> tuple[Material, list[Finding]]:
    """Return the parsed corpus, without the files that do not parse, and the findings about form."""
    sources: list[Source] = []
    found: list[Finding] = []
    unread: set[str] = set()
    for path, part in _turtle(corpus, paths):
        source, findings = read_source(path, part)
        found += findings
        if source:
            sources.append(source)
        else:
            unread.update(names_begun(path))
    return Material.of(sources, unread), found


def _turtle(corpus: Corpus, paths: Collection[Path]) -> Iterator[tuple[Path, Part]]:
    known = set()
    for file in corpus.files():
        part = {ONTOLOGY: Part.ONTOLOGY, SCHEMES: Part.SCHEME}.get(file.graph, Part.DATA)
        known.add(file.path.resolve())
        yield short(file.path), part
    for path in corpus.shapes():
        known.add(path.resolve())
        yield short(path), Part.SHAPE
    for path in _named(paths, "*.ttl"):
        if path.resolve() not in known:
            yield path, Part.DATA


def _queries(corpus: Corpus, paths: Collection[Path]) -> Iterator[Path]:
    known = corpus.queries_files()
    yield from (short(path) for path in known)
    seen = {path.resolve() for path in known}
    yield from (path for path in _named(paths, "*.rq") if path.resolve() not in seen)


def _named(paths: Collection[Path], pattern: str) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob(pattern))
        elif path.match(pattern):
            yield path


def _is_wanted(finding: Finding, paths: Collection[Path]) -> bool:
    place = Path(finding.path).resolve()
    return not paths or any(place == path.resolve() or place.is_relative_to(path.resolve()) for path in paths)


def _shape_findings(files: list[tuple[Part, str]]) -> list[Unmet]:
    from asckg.check.shape import shape_findings  # noqa: PLC0415  # rdflib is loaded in the process that needs it
    from asckg.turtle import parse  # noqa: PLC0415  # as above

    return shape_findings(Material.of(Source(part, parse(Path(path))) for part, path in files))
