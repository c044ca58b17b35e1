"""`asckg diff`."""

import click


@click.command(epilog="Example: asckg diff HEAD~5 . ; asckg diff --triples old/dump.nq.gz new/dump.nq.gz")
@click.argument("old")
@click.argument("new")
@click.option("--triples", is_flag=True, help="Print the triples removed and added instead of words.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when the versions differ.")
def command(old: str, new: str, triples: bool, exit_code: bool) -> None:
    """Say what changed between OLD and NEW: claims added, changed and withdrawn, labels, links.

    Each is a corpus folder, a build, a dump, a file or folder of Turtle, or a git revision of this folder's repository.
    """
    from asckg.diff import as_triples, compare, in_words, read_version

    difference = compare(read_version(old), read_version(new))
    click.echo(as_triples(difference) if triples else in_words(difference), nl=False)
    if exit_code and difference:
        raise SystemExit(1)
