"""The hook of mkdocs: pages and pictures made from the program and the data are added when the site is built."""

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))

import command_page
import ontology_page
import picture
import question_page
import route_page
import setting_page

PAGES = {
    "reference/command.md": command_page.page,
    "reference/route.md": route_page.page,
    "reference/setting.md": setting_page.page,
    "reference/question.md": question_page.page,
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; mkdocs calls this."""
    for name, make in PAGES.items():
        files.append(File.generated(config, name, content=make()))
    for name, content in ontology_page.pages().items():
        files.append(File.generated(config, f"reference/ontology/{name}.md", content=content))
    for name, content in picture.pictures().items():
        files.append(File.generated(config, name, content=content))
    return files
