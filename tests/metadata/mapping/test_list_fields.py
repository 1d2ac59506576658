"""The column of each field, as the schema states it."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.mapping.list_fields import column_of, emptied
from ckanext.orden.metadata.mapping.list_template import choices, rows
from ckanext.orden.metadata.mapping.open_data_list import datasets
from ckanext.orden.metadata.parsing.list_columns import COLUMNS, NEW_COLUMNS, Generation
from ckanext.orden.metadata.parsing.open_data_list import read
from metadata.lists import ROWS, table

GENERATIONS: tuple[Generation, ...] = ("new", "old")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_field_that_a_list_fills_has_a_column(generation: Generation):
    (found,) = datasets(read(table(generation, [ROWS[generation]]).encode()))
    for name in set(found.dataset) - {"resources"}:
        assert column_of(generation, name) in COLUMNS[generation], name
    for name in found.dataset["resources"][0]:
        assert column_of(generation, name, of_file=True) in {*COLUMNS[generation], ""}, name


def test_part_of_a_record_has_its_own_column_or_its_parents():
    assert column_of("new", "contact.email") == "データセット_連絡先メールアドレス"
    assert column_of("new", "contact.name") == "データセット_連絡先名称"
    assert column_of("new", "fee") == ""


def test_only_columns_that_a_list_has_can_empty_a_field():
    assert emptied("new", {"データセット_URL"}) == {"url"}
    assert emptied("new", NEW_COLUMNS).isdisjoint({"title", "notes", "identifier"})
    assert emptied("new", NEW_COLUMNS) <= fields.DATASET | {"tags"}
    assert emptied("new", NEW_COLUMNS, of_file=True) <= fields.RESOURCE


def test_template_offers_only_words_that_are_read():
    header, obligations, example = rows()
    assert header == list(NEW_COLUMNS)
    assert set(obligations) == {"必須", "推奨", "任意"}
    filled = {**dict(zip(header, example, strict=True)), "データセット_ID": "1001"}
    (found,) = datasets(read(table("new", [filled]).encode()))
    assert [issue for issue in found.issues if issue.severity != "info"] == []
    for column, words in choices().items():
        for word in words:
            (found,) = datasets(read(table("new", [{**filled, column: word}]).encode()))
            assert [issue.code for issue in found.issues if issue.severity != "info"] == [], (column, word)
