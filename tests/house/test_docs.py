"""What users can call or set is in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml
from ckan import plugins as p

from .test_names import own_actions, own_plugins


def options(root: Path) -> list[str]:
    return [
        option["key"]
        for path in (root / "ckanext-orden").rglob("config_declaration.yaml")
        for group in yaml.safe_load(path.read_text())["groups"]
        for option in group["options"]
    ]


def commands(group: click.Command, path: str) -> list[str]:
    if isinstance(group, click.Group):
        return [name for key, sub in group.commands.items() for name in commands(sub, f"{path} {key}")]
    return [path]


def all_docs(root: Path) -> str:
    return "\n".join(path.read_text() for path in (root / "docs").rglob("*.md"))


def test_every_option_is_documented_with_its_row(root: Path):
    table = (root / "docs/configuration.md").read_text()
    assert [key for key in options(root) if f"| `{key}` |" not in table] == []


def test_every_option_has_a_reader_and_a_description(root: Path):
    readers = "".join(path.read_text() for path in (root / "ckanext-orden").rglob("*.py"))
    assert [key for key in options(root) if key not in readers] == []
    for path in (root / "ckanext-orden").rglob("config_declaration.yaml"):
        for group in yaml.safe_load(path.read_text())["groups"]:
            assert all(option.get("description") for option in group["options"]), path


@pytest.mark.usefixtures("with_plugins")
class TestInterfaces:
    def test_every_action_is_in_the_table(self, root: Path):
        table = (root / "docs/api.md").read_text()
        assert [name for _, name in own_actions() if f"| `{name}` |" not in table] == []

    def test_every_command_is_in_the_documents(self, root: Path):
        text = all_docs(root)
        own = [plugin for plugin in p.PluginImplementations(p.IClick) if plugin.name in own_plugins()]
        found = [
            name for plugin in own for group in plugin.get_commands() for name in commands(group, f"ckan {group.name}")
        ]
        assert found
        assert [name for name in found if name not in text] == []

    def test_every_harvester_is_in_the_documents(self, root: Path):
        text = (root / "docs/harvesting.md").read_text()
        names = [name for name in own_plugins() if name.endswith("_harvester")]
        assert [name for name in names if name.removesuffix("_harvester") not in text] == []


def test_links_between_documents_lead_somewhere(root: Path):
    for path in [root / "README.md", *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
