"""A wrong list of plugins is one sentence that says how to mend it."""

from __future__ import annotations

import pytest
from ckan.exceptions import CkanConfigurationException
from ckanext.orden.schemas import checks, definition

GOOD = ["orden", "orden_schema", "orden_dcat", "scheming_datasets", "scheming_organizations", "dcat"]


def test_right_order_is_silent() -> None:
    checks.check_plugins(GOOD)
    checks.check_plugins(["activity"])


@pytest.mark.parametrize(
    ("plugins", "named"),
    [
        ("orden orden_schema scheming_datasets", "scheming_organizations"),
        ("orden_schema scheming_datasets scheming_organizations", "without orden:"),
        ("orden scheming_datasets orden_schema scheming_organizations", "wrong side of scheming_datasets:"),
        ("orden_schema orden scheming_datasets scheming_organizations", "wrong side of orden:"),
    ],
)
def test_wrong_list_says_what_to_write(plugins: str, named: str) -> None:
    with pytest.raises(CkanConfigurationException) as caught:
        checks.check_plugins(plugins.split())
    message = str(caught.value)
    assert named in message
    assert "“orden orden_schema scheming_datasets scheming_organizations”" in message
    assert message.count(". ") == 0


def test_other_schema_is_said_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(checks.log, "warning", lambda _text, option, _ours: said.append(option))
    checks.warn_of_other_schemas({**checks.SCHEMAS, "scheming.dataset_schemas": "my:own.yaml"})
    assert said == ["scheming.dataset_schemas"]


def test_declared_defaults_hold_our_files() -> None:
    options = definition.load("config_declaration.yaml")["groups"][0]["options"]
    declared = {option["key"]: option["default"].split() for option in options}
    assert all(ours in declared[option] for option, ours in checks.SCHEMAS.items())
