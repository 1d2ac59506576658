"""Every vocabulary field offers choices in two languages and reads its own choices back."""

from __future__ import annotations

import pytest
from ckanext.orden.schemas import definition, vocabulary
from ckanext.orden.schemas.definition import Field, meta

FIELDS = [
    field
    for fields in (definition.dataset_fields(), definition.resource_fields(), definition.organization_fields())
    for _, field in definition.walk(fields)
    if "vocabulary" in meta(field) or "choices" in field
]


@pytest.mark.parametrize("field", FIELDS, ids=[field["field_name"] for field in FIELDS])
def test_choice_is_read_back_from_its_value_and_its_labels(field: Field) -> None:
    known = vocabulary.of(field)
    assert known.choices
    assert len({choice["value"] for choice in known.choices}) == len(known.choices)
    for choice in known.choices:
        for text in (choice["value"], choice["label"]["ja"], choice["label"]["en"]):
            assert known.find(text) == choice["value"], text


@pytest.mark.parametrize("field", FIELDS, ids=[field["field_name"] for field in FIELDS])
def test_nonsense_is_not_found(field: Field) -> None:
    assert vocabulary.of(field).find("これは値ではない 12345") is None


def test_category_without_a_theme_is_known_and_says_nothing() -> None:
    theme = next(field for field in FIELDS if field["field_name"] == "theme")
    assert vocabulary.of(theme).find("その他") == ""
