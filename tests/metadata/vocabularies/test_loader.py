from importlib.resources import files

import pytest
from ckanext.orden.metadata.parsing.text import key
from ckanext.orden.metadata.vocabularies.loader import rows, spellings

NAMES = sorted(
    entry.name.removesuffix(".csv") for entry in (files("ckanext.orden.metadata.vocabularies") / "data").iterdir()
)


@pytest.mark.parametrize("name", NAMES)
def test_each_table_is_rectangular_and_its_first_column_is_filled(name: str):
    table = rows(name)
    assert table
    assert all(None not in row and None not in row.values() for row in table)
    assert all(next(iter(row.values())) for row in table)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("licences", ("id", "title_ja", "title_en")),
        ("frequencies", ("label_ja", "code", "label_en")),
        ("themes", ("code", "label_ja", "label_en")),
        ("languages", ("tag", "label_ja", "label_en")),
        ("access_rights", ("code", "label_ja", "label_en")),
        ("personal_data", ("label_ja", "code")),
    ],
)
def test_no_spelling_means_two_terms(name: str, columns: tuple[str, ...]):
    owners: dict[str, int] = {}
    for number, row in enumerate(rows(name)):
        for word in spellings(row, *columns):
            assert owners.setdefault(key(word), number) == number, word
