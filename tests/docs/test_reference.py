"""The documentation names every command, option, route, setting, term and page."""

import ast
import dataclasses
import re

import click
import command_page
import ontology_page
import question_page
import route_page
import setting_page
import yaml

from asckg.analysis import MEASURES
from asckg.cli import VERBS
from asckg.question import load_all
from asckg.tree import queries_dir
from asckg_api.settings import Settings
from docs_page import DOCS, ROOT


def test_every_verb_and_option_is_documented_with_words():
    page = command_page.page()
    found = dict(command_page.commands())
    assert {f"asckg {verb}" for verb in VERBS} - set(found) == set()
    bare = [name for name, command in found.items() if not (command.help or command.short_help)]
    assert bare == []
    assert [name for name in found if f"## {name}\n" not in page] == []
    options = [
        (name, one) for name, command in found.items() for one in command.params if isinstance(one, click.Option)
    ]
    missing = [(name, one.opts) for name, one in options if not one.help or f"`{one.opts[0]}`" not in page]
    assert missing == []


def test_every_verb_has_an_example():
    without = [name for name, command in command_page.commands() if name.count(" ") == 1 and not command.epilog]
    assert without == []


def test_every_setting_is_a_flag_with_words():
    flags = {option.name for option in setting_page.options()}
    words = {"sources": "sources", "cors_origins": "cors_origins"}
    missing = [field.name for field in dataclasses.fields(Settings) if words.get(field.name, field.name) not in flags]
    assert missing == []
    assert [option.name for option in setting_page.options() if not option.help] == []


def test_every_route_has_words():
    assert [path for path, (_, words) in route_page.routes().items() if not words] == []


def test_the_routes_of_the_design_are_there():
    paths = "\n".join(route_page.routes())
    wanted = (
        "/sparql",
        "/update",
        "/graphs",
        "/id/",
        "/data/",
        "/search",
        "/maps",
        "/.well-known/void",
        "/health",
        "/metrics",
    )
    assert [path for path in wanted if path not in paths] == []


def test_every_term_of_the_ontology_has_its_section():
    text = "\n".join(ontology_page.pages().values())
    assert [term for term in sorted(ontology_page.terms()) if f"### {term}\n" not in text] == []


def test_every_question_and_map_is_in_the_library():
    page = question_page.page()
    assert [name for name in load_all(queries_dir()) if f"{{#{name}}}" not in page] == []


def test_every_page_is_in_the_navigation():
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = set(re.findall(r"[\w/-]+\.md", yaml.safe_dump(yaml.safe_load(text)["nav"])))
    written = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")}
    made = {"reference/command.md", "reference/route.md", "reference/setting.md", "reference/question.md"} | {
        f"reference/ontology/{name}.md" for name in ontology_page.pages()
    }
    assert listed ^ (written | made) == set()


def test_every_package_stands_in_the_map_of_the_code():
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    packages = [p.parent.name for p in (ROOT / "src" / "asckg").glob("*/__init__.py")]
    assert [name for name in packages if f"`{name}/`" not in contributing] == []


def test_every_module_tells_its_reason_in_one_line():
    silent = []
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "api").rglob("asckg_api/**/*.py")]:
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if not words or "\n" in words.split("\n\n")[0]:
            silent.append(path.name)
    assert silent == []


def test_every_source_of_the_comparison_is_cited_and_every_citation_has_its_source():
    page = (DOCS / "comparison.md").read_text(encoding="utf-8")
    table, _, read = page.partition("## What was read")
    cited = {int(number) for group in re.findall(r"\[([\d, ]+)\]", table) for number in group.split(",")}
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", read, re.MULTILINE)}
    assert cited == listed
    assert read.count("<https://") == len(listed)


def test_every_measure_has_its_row_in_the_page_on_analysis():
    rows = re.findall(r"^\| (`.*?) \|", (DOCS / "analysis.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for row in rows for name in re.findall(r"`([\w-]+)`", row)) == sorted(MEASURES)
