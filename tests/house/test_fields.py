"""The schema, its documents and the standards it stands on agree."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from ckan.plugins import toolkit as tk
from ckanext.orden.helpers import facets
from ckanext.orden.metadata import fields as names
from ckanext.orden.metadata.parsing.list_columns import NEW_COLUMNS
from ckanext.orden.metadata.vocabularies import cadde_values
from ckanext.orden.schemas import definition, licences
from ckanext.orden.schemas.definition import meta
from ckanext.scheming.validation import validators_from_string

ALL = [
    *((f"dataset.{path}", field) for path, field in definition.walk(definition.dataset_fields())),
    *((f"resource.{path}", field) for path, field in definition.walk(definition.resource_fields())),
    *((f"organization.{path}", field) for path, field in definition.walk(definition.organization_fields())),
]


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    """docs/make_fields.py as a module."""
    spec = importlib.util.spec_from_file_location("make_fields", root / "docs/make_fields.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def dcat_ap() -> dict[str, dict[str, Any]]:
    """The fields of ckanext-dcat's full schema, by `dataset_fields` and `resource_fields`."""
    text = (files("ckanext.dcat.schemas") / "dcat_ap_full.yaml").read_text(encoding="utf-8")
    schema = yaml.safe_load(text)
    return {part: {f["field_name"]: f for f in schema[part]} for part in ("dataset_fields", "resource_fields")}


def top(part: str) -> dict[str, Any]:
    return {field["field_name"]: field for field in definition.load("dataset.yaml")[part]}


def subfields(field: dict[str, Any]) -> set[str]:
    return {sub["field_name"] for sub in field.get("repeating_subfields", [])}


def test_fields_page_is_what_the_schema_says(maker: ModuleType) -> None:
    assert maker.FIELDS.read_text(encoding="utf-8") == maker.page(), "run python docs/make_fields.py"


def test_licence_list_is_what_the_vocabulary_says() -> None:
    assert licences.FILE.read_text(encoding="utf-8") == licences.as_json(), "run python docs/make_fields.py"


def test_names_in_the_core_equal_the_schema() -> None:
    assert set(top("dataset_fields")) == names.DATASET
    assert set(top("resource_fields")) == names.RESOURCE
    for part, known in (("dataset_fields", names.SUBFIELDS), ("resource_fields", names.RESOURCE_SUBFIELDS)):
        assert {name: subfields(field) for name, field in top(part).items() if subfields(field)} == known


@pytest.mark.parametrize("part", ["dataset_fields", "resource_fields"])
def test_subfields_of_dcat_fields_equal_those_of_ckanext_dcat(part: str, dcat_ap: dict[str, dict[str, Any]]) -> None:
    ours = {name: subfields(field) for name, field in top(part).items() if name in dcat_ap[part]}
    assert ours == {name: subfields(dcat_ap[part][name]) for name in ours}


@pytest.mark.parametrize("part", ["dataset_fields", "resource_fields"])
def test_every_dcat_field_is_there(part: str, dcat_ap: dict[str, dict[str, Any]]) -> None:
    assert set(dcat_ap[part]) <= set(top(part))


def test_structures_are_the_fields_with_records_inside_records() -> None:
    nested = {
        name
        for part in ("dataset_fields", "resource_fields")
        for name, field in top(part).items()
        if any(subfields(sub) for sub in field.get("repeating_subfields", []))
    }
    assert nested == names.STRUCTURES


def test_facets_are_those_of_the_search_pages() -> None:
    said = {meta(field)["facet"] for _, field in ALL if "facet" in meta(field)}
    assert said == set(facets.titled({}))


def test_dcat_names_of_the_core_are_those_of_ckanext_dcat(dcat_ap: dict[str, dict[str, Any]]) -> None:
    later = {
        "hvd_category",
        "in_series",
    }  # written and read by its profiles; its schema has them as a comment or not yet
    assert set(dcat_ap["dataset_fields"]) >= names.DCAT - later
    assert set(dcat_ap["resource_fields"]) >= names.RESOURCE_DCAT


def test_every_cadde_item_has_a_field(maker: ModuleType) -> None:
    items = [item["item"] for item in maker.cadde_items()]
    assert len(items) == 89
    assert set(items) == set(maker.carriers())


def test_every_column_of_the_list_has_a_field() -> None:
    said = {meta(field)["list"] for _, field in ALL if "list" in meta(field)}
    assert said == set(NEW_COLUMNS)


@pytest.mark.parametrize(("path", "field"), ALL, ids=[path for path, _ in ALL])
def test_field_is_described(path: str, field: dict[str, Any], maker: ModuleType) -> None:
    assert set(field["label"]) == {"ja", "en"}
    assert maker.term(meta(field))
    if path.count(".") == 1:
        assert all(field["help_text"].values())
        assert set(field["help_text"]) == {"ja", "en"}
        assert meta(field)["obligation"] in {"required", "recommended", "optional"}
    for choice in field.get("choices", []):
        assert set(choice["label"]) == {"ja", "en"}


def test_every_field_stands_in_a_section() -> None:
    fields = [*definition.dataset_fields(), *definition.resource_fields()]
    assert {meta(field)["section"] for field in fields} == {section["name"] for section in definition.sections()}


def test_few_fields_are_open() -> None:
    """A clerk sees what most datasets need; the rest is one click away."""
    opened = {section["name"] for section in definition.sections() if section["open"]}
    for fields, most in ((definition.dataset_fields(), 15), (definition.resource_fields(), 4)):
        assert sum(meta(field)["section"] in opened for field in fields) <= most


def test_choices_of_cadde_fields_are_the_written_values() -> None:
    ours = {
        field["field_name"]: field["choices"]
        for _, field in ALL
        if meta(field).get("vocabulary") == "cadde" and "choices" in field
    }
    assert ours
    for name, choices in ours.items():
        assert {choice["value"] for choice in choices} == set(cadde_values(name)), name


class Spy(dict[tuple[Any, ...], Any]):
    """Flattened data that remembers which keys were asked for."""

    def __init__(self, content: dict[tuple[Any, ...], Any]) -> None:
        super().__init__(content)
        self.asked: set[tuple[Any, ...]] = set()

    def __getitem__(self, key: tuple[Any, ...]) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


@pytest.mark.usefixtures("with_plugins")
@pytest.mark.parametrize("name", sorted(top("resource_fields")))
def test_resource_validator_never_reads_the_dataset(name: str) -> None:
    """CKAN 2.12 does not validate unchanged resources again, so such a rule would be skipped silently."""
    schema = tk.h.scheming_get_dataset_schema("dataset")
    field = next(field for field in schema["resource_fields"] if field["field_name"] == name)
    key = ("resources", 0, name)
    data = Spy(
        {("title",): "題", ("license_id",): "CC0-1.0", key: "1", ("resources", 0, "url"): "https://example.org/a"}
    )
    errors: dict[tuple[Any, ...], list[str]] = {found: [] for found in data}
    for validator in validators_from_string(field.get("validators", ""), field, schema):
        try:
            run(validator, key, data, errors)
        except (tk.Invalid, tk.StopOnError):
            break
    assert {found[0] for found in data.asked} <= {"resources"}


def run(validator: Any, key: tuple[Any, ...], data: Spy, errors: dict[tuple[Any, ...], list[str]]) -> None:
    """Calls a validator the way navl does, whatever its signature."""
    parameters = validator.__code__.co_argcount if hasattr(validator, "__code__") else 1
    if parameters == 4:
        validator(key, data, errors, {})
    elif parameters == 2:
        validator(data[key], {})
    else:
        validator(data[key])
