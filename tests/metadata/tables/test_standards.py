from collections import Counter
from csv import DictReader
from pathlib import Path

import pytest
from ckanext.orden.metadata.parsing.list_columns import NEW_COLUMNS, OLD_COLUMNS, column_key
from ckanext.orden.metadata.tables.cells import READERS
from ckanext.orden.metadata.tables.schema import descriptor
from ckanext.orden.metadata.tables.standards import Standard, spellings, standard, standards
from frictionless import Schema, system

FACTS = Path(__file__).parents[4] / "shared" / "reference" / "data" / "standard_dataset_columns.csv"
IDS = [found.id for found in standards()]


def named(identifier: str) -> Standard:
    found = standard(identifier)
    assert found
    return found


def test_each_generation_has_its_tables():
    count = Counter(found.generation for found in standards())
    assert count == {"std-v3": 14, "area-2026": 12, "legacy-2017": 15, "mhlw-kaigo": 1}
    assert len(set(IDS)) == len(IDS)


def test_columns_keep_requirement_type_and_trust():
    toilets = named("std-v3/13")
    column = {column.name: column for column in toilets.columns}
    assert (len(column), toilets.confidence, toilets.suffix) == (39, "source", "public_toilet")
    assert (column["設置位置"].must_be_filled, column["備考"].requirement) == (True, "任意")
    assert (column["緯度"].kind, column["車椅子使用者用トイレ有無"].values) == ("latitude", ("有", "無"))
    assert column["バリアフリートイレ数"].physical == "barrier_free_wc"
    area = {column.name: column for column in named("area-2026/01").columns}
    assert (area["町字ID"].must_exist, area["町字ID"].must_be_filled) == (True, False)
    assert not named("std-v3/12").requirements_known


@pytest.mark.parametrize("identifier", IDS)
def test_a_table_names_each_column_once_and_knows_how_to_read_it(identifier: str):
    columns = named(identifier).columns
    assert len({column_key(column.name) for column in columns}) == len(columns)
    assert {column.kind for column in columns} <= {"text", "choice", *READERS}
    assert all(column.values for column in columns if column.kind == "choice")


@pytest.mark.parametrize("identifier", IDS)
def test_every_table_is_a_frictionless_schema(identifier: str):
    made = descriptor(named(identifier))
    with system.use_context(standards="v1"):
        schema = Schema.from_descriptor(made)
    assert [field.name for field in schema.fields] == [column.name for column in named(identifier).columns]
    required = {column.name for column in named(identifier).columns if column.must_be_filled}
    assert {field.name for field in schema.fields if field.required} == required


def test_both_catalogue_lists_have_the_columns_that_the_list_reader_knows():
    assert tuple(column.name for column in named("std-v3/06").columns) == NEW_COLUMNS
    assert tuple(column.name for column in named("legacy-2017/06").columns) == OLD_COLUMNS


def test_other_spellings_belong_to_columns_that_exist():
    names = {column.name for found in standards() for column in found.columns}
    assert set(spellings()) <= names


@pytest.mark.skipif(not FACTS.exists(), reason="the reference is not beside this checkout")
def test_columns_equal_the_reference_where_it_is_whole():
    facts: dict[tuple[str, str], list[str]] = {}
    for row in DictReader(FACTS.open(encoding="utf-8-sig")):
        number = row["dataset_no"] or ("people_flow" if row["model"] == "area-2026" else "care_service_national")
        facts.setdefault((row["model"], number), []).append(row["column"])
    del facts["std-v3", "11"]  # the first seven only
    for (generation, number), columns in facts.items():
        assert [column.name for column in named(f"{generation}/{number}").columns] == columns
