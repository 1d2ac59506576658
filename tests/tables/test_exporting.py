"""Rows in other forms."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.metadata.tables.content import Content, Field
from ckanext.orden.tables.checking import check_dataset
from ckanext.orden.tables.contents import found
from ckanext.orden.tables.exporting import FORMS

from .conftest import PERSONS, Make, toilets

FIELDS = (
    Field("名称", "名称", "text"),
    Field("緯度", "緯度", "latitude"),
    Field("経度", "経度", "longitude"),
    Field("", "", "text"),
)
ROWS = (("髙島屋 🙂", "34.70", "135.50", "=1+1"), ("場所なし", "", "", "-3"))
CONTENT = Content(FIELDS, ROWS, 2)


def made(ending: str) -> bytes:
    return FORMS[ending].make(CONTENT, found(CONTENT))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_tables_hold_the_cells_as_they_are(ending: str) -> None:
    rows = [row.cells for row in open_table(made(ending)).rows()]
    assert rows[0][:3] == ["名称", "緯度", "経度"]
    assert rows[1][:3] == ["髙島屋 🙂", "34.70", "135.50"]
    assert len(rows) == 3


def test_formulas_are_guarded_and_numbers_are_not() -> None:
    text = made("csv").decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",-3\r\n" in text


def test_what_shift_jis_lacks_is_shown_as_lacking() -> None:
    assert made("sjis.csv").decode("cp932").splitlines()[1].startswith("髙島屋 〓,")


def test_json_names_each_cell() -> None:
    assert json.loads(made("json"))[0] == {"名称": "髙島屋 🙂", "緯度": "34.70", "経度": "135.50", "列_4": "=1+1"}


def test_geojson_holds_the_rows_that_are_somewhere() -> None:
    [feature] = json.loads(made("geojson"))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [135.5, 34.7]}
    assert feature["properties"]["名称"] == "髙島屋 🙂"


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
class TestFiles:
    def address(self, make: Make, content: bytes, name: str = "272035_public_toilet.csv") -> str:
        dataset = make(content, name)
        check_dataset(dataset["id"])
        return f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/rows"

    @pytest.mark.parametrize("ending", FORMS)
    def test_each_form_is_a_file_of_the_rows_found(self, app: Any, make: Make, ending: str):
        address = self.address(make, toilets({"ID": "1"}, {"ID": "2", "名称": "中央公園"}))
        assert f"{address}.{ending}?q=%E4%B8%AD%E5%A4%AE" in app.get(f"{address}?q=中央").get_data(as_text=True)
        answer = app.get(f"{address}.{ending}?q=中央")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].endswith(f"272035_public_toilet.{ending}")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if ending == "json":
            assert [row["名称"] for row in answer.get_json()] == ["中央公園"]

    def test_a_table_that_is_nowhere_has_no_geojson(self, app: Any, make: Make):
        address = self.address(make, "年,人口\n2024,1\n2025,2\n".encode(), "population.csv")
        assert "rows.geojson" not in app.get(address).get_data(as_text=True)
        assert app.get(f"{address}.geojson").status_code == 404
        assert app.get(f"{address}.pdf").status_code == 404
        assert app.get(f"{address}.csv?sort=ない").status_code == 404

    def test_rows_that_may_name_persons_are_no_file(self, app: Any, make: Make):
        assert app.get(f"{self.address(make, PERSONS, 'persons.csv')}.csv").status_code == 403
