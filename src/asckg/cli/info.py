"""`asckg info`."""

import json
from pathlib import Path

import click

from asckg.cli.option import corpus_option, home_option, teller
from asckg.plural import counted


@click.command(epilog="Example: asckg info --json | head")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest as JSON.")
@click.option("--links", "links", is_flag=True, help="Say how many things of each kind are linked, by scheme.")
@corpus_option
@home_option
def command(as_json: bool, links: bool, corpus: Path | None, home: Path | None) -> None:
    """Say what is loaded: version, triples, things by kind, external tables, questions and maps."""
    from asckg.build.load import EXTERNAL
    from asckg.graph import Graph
    from asckg.namespace import compact

    if links:
        from asckg.corpus import Corpus
        from asckg.link.coverage import coverage_lines

        click.echo("\n".join(coverage_lines(Corpus.open(corpus))))
        return
    graph = Graph.open(corpus, home, teller())
    manifest = graph.build.manifest
    if as_json:
        click.echo(json.dumps(manifest, indent=2, sort_keys=True))
        return
    click.echo(f"asckg {manifest['software']}, data {manifest['version']}, {manifest['triples']} triples")
    for iri, number in sorted(manifest["classes"].items(), key=lambda item: -item[1]):
        click.echo(f"{number:7d}  {compact(iri)}")
    for iri, number in sorted(manifest["graphs"].items()):
        if iri.startswith(EXTERNAL):
            click.echo(f"{number:7d}  triples of the table {iri.removeprefix(EXTERNAL)}")
    for kind in ("question", "map"):
        names = [name for name, question in graph.questions.items() if question.kind == kind]
        click.echo(f"{counted(len(names), kind)}: {', '.join(names)}")
