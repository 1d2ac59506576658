"""Names follow the plugin's, every action has its auth function, and every test says a condition and a result."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from ckan import plugins as p

VERBS = {"show", "list", "search", "create", "update", "patch", "delete", "validate"}
NO_VERB = {
    "orden_autocomplete",
    "orden_feedback_answer",
    "orden_feedback_close",
    "orden_harvest_deletion_refuse",
    "orden_harvest_deletion_release",
    "orden_harvest_edit_return",
    "orden_harvest_failed_retry",
    "orden_harvest_run_resume",
    "orden_harvest_run_undo",
    "orden_harvest_source_approve",
    "orden_harvest_source_detect",
    "orden_list_apply",
    "orden_list_export",
    "orden_list_preview",
    "orden_market_offer_discard",
    "orden_market_offer_history",
    "orden_market_offer_publish",
    "orden_market_offer_read",
    "orden_market_offer_recall",
    "orden_market_offer_resume",
    "orden_market_offer_return",
    "orden_market_offer_revise",
    "orden_market_offer_submit",
    "orden_market_offer_suspend",
    "orden_market_offer_withdraw",
    "orden_market_offer_export",
    "orden_market_offer_import",
    "orden_market_inquiry_agree",
    "orden_market_inquiry_answer",
    "orden_market_inquiry_ask",
    "orden_market_inquiry_close",
    "orden_market_inquiry_confirm",
}
"""Names that the issues and the design gave, and the steps of an offer's life."""


def own_plugins() -> list[str]:
    return [point.name for point in entry_points(group="ckan.plugins") if point.value.startswith("ckanext.orden.")]


def provided(interface: Any, method: str) -> Iterator[tuple[str, str, Any]]:
    """(plugin, name, function) of all that our plugins register through one method of an interface."""
    for name in own_plugins():
        plugin = p.get_plugin(name)
        if plugin is not None and interface.provided_by(plugin):
            for key, function in getattr(plugin, method)().items():
                yield name, key, function


def own_actions() -> list[tuple[str, str]]:
    return [
        (plugin, name)
        for plugin, name, function in provided(p.IActions, "get_actions")
        if not getattr(function, "chained_action", False)
    ]


@pytest.mark.usefixtures("with_plugins")
class TestBlankets:
    def test_actions_begin_with_the_plugin_and_end_with_a_verb(self):
        actions = own_actions()
        assert actions
        for plugin, name in actions:
            assert name.startswith(f"{plugin}_")
            assert name in NO_VERB or name.rsplit("_", 1)[1] in VERBS

    def test_every_action_has_an_auth_function_of_its_name(self):
        auth = {name for _, name, _ in provided(p.IAuthFunctions, "get_auth_functions")}
        assert {name for _, name in own_actions()} - auth == set()

    @pytest.mark.parametrize(
        ("interface", "method"), [(p.ITemplateHelpers, "get_helpers"), (p.IValidators, "get_validators")]
    )
    def test_what_templates_and_schemas_use_carries_the_prefix(self, interface: Any, method: str):
        wrong = [name for plugin, name, _ in provided(interface, method) if not name.startswith("orden_")]
        assert wrong == []


def test_only_the_root_plugin_brings_translations():
    points = {point.name: point for point in entry_points(group="ckan.plugins")}
    brings = [name for name in own_plugins() if p.ITranslation in _implemented(points[name].load())]
    assert brings == ["orden"]


def _implemented(plugin: type) -> set[Any]:
    return {interface for interface in (p.ITranslation,) if interface.implemented_by(plugin)}


def test_names_of_tests_say_condition_and_result(root: Path):
    short = [
        f"{path.relative_to(root)}: {node.name}"
        for path in (root / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert short == []
