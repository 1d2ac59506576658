"""The room's pages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from ckan.tests import factories
from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.tables.checking import check_dataset

from .conftest import PERSONS, Act, Make, toilets

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def page(app: Any, address: str, **options: Any) -> str:
    answer = app.get(address, **options)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def upload(data: bytes, name: str = "272035_public_toilet.csv") -> dict[str, Any]:
    return {"upload": (BytesIO(data), name)}


def test_the_form_is_open_to_everybody(app: Any):
    text = page(app, "/validate/table")
    assert 'name="upload"' in text
    assert 'name="content"' in text
    assert "_csrf_token" in text


def test_an_uploaded_file_is_named_checked_and_shown(app: Any):
    text = app.post("/validate/table", data=upload(toilets({"緯度": "本町"}))).get_data(as_text=True)
    assert "自治体標準オープンデータセット「公衆トイレ一覧」" in text
    assert "列「緯度」に緯度・経度として読めない値が1件あります（2行目）。" in text
    assert '<code class="o-bad">本町</code>' in text
    assert "本町公園" in text


def test_a_pasted_table_is_checked_and_kept_in_the_form(app: Any):
    text = app.post("/validate/table", data={"content": "施設名,住所\nA,B\n"}).get_data(as_text=True)
    assert "table.unknown" in text
    assert "施設名,住所" in text


def test_the_other_button_answers_the_corrected_file(app: Any):
    data = {**upload(toilets({"緯度": "３４．７８"})), "as": "csv"}
    answer = app.post("/validate/table", data=data)
    assert answer.headers["Content-Disposition"].endswith("272035_public_toilet_corrected.csv")
    rows = list(open_table(answer.data).rows())
    assert rows[1].cells[15] == "34.78"


@pytest.mark.parametrize("data", [{}, {"source": "ftp://example.org/a.csv"}, {"content": "  "}])
def test_wrong_input_is_told_on_the_page(app: Any, data: dict[str, str]):
    answer = app.post("/validate/table", data=data)
    assert answer.status_code == 200
    assert "o-note--icho" in answer.get_data(as_text=True)


@pytest.mark.ckan_config("ckanext.orden.table.max_upload_bytes", 50)
def test_a_file_that_is_too_large_is_told_on_the_page(app: Any):
    assert "o-note--icho" in app.post("/validate/table", data=upload(toilets())).get_data(as_text=True)


def test_markup_in_a_table_stays_text(app: Any):
    hostile = "<script>x</script>,b\n<img src=x onerror=y>,d\n"
    text = app.post("/validate/table", data={"content": hostile}).get_data(as_text=True)
    assert "<script>x</script>" not in text
    assert "<img src=x" not in text


def test_a_files_page_shows_badge_columns_and_report(app: Any, make: Make):
    dataset = make(toilets())
    resource_id = dataset["resources"][0]["id"]
    check_dataset(dataset["id"])
    text = page(app, f"/dataset/toilets/resource/{resource_id}")
    assert "標準どおり" in text
    assert f"/dataset/toilets/resource/{resource_id}/table" in text
    assert "全国地方公共団体コード" in text
    assert "localGovernmentCode" in text
    assert "標準どおり" in page(app, "/dataset/toilets")
    report = page(app, f"/dataset/toilets/resource/{resource_id}/table")
    assert "標準どおりです" in report
    assert "corrected.csv" in report
    assert '<form method="post" action="/dataset' not in report


def test_a_file_without_report_says_so(app: Any, make: Make):
    dataset = make(toilets())
    text = page(app, f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/table")
    assert "このファイルはまだ調べていません" in text


def test_editors_see_the_warning_of_personal_data_and_others_do_not(app: Any, make: Make, editor: dict[str, Any]):
    dataset = make(PERSONS, "list.csv")
    check_dataset(dataset["id"])
    known = {"Authorization": editor["token"]}
    addresses = ["/dataset/toilets", f"/dataset/toilets/resource/{dataset['resources'][0]['id']}"]
    for address in [*addresses, "/dataset/edit/toilets"]:
        assert "個人情報が含まれているかもしれません" in page(app, address, headers=known)
    for address in addresses:
        assert "個人情報が含まれているかもしれません" not in page(app, address)


def test_the_corrected_form_of_a_registered_file_is_made_of_it(app: Any, make: Make):
    dataset = make(toilets({"利用開始時間": "9:00"}))
    address = f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/table/corrected.csv"
    answer = app.get(address)
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "09:00" in answer.data.decode("utf-8-sig")


def test_a_check_is_asked_for_by_post_of_an_editor(
    app: Any, make: Make, editor: dict[str, Any], waiting: Callable[[], list[str]]
):
    dataset = make(toilets())
    waiting_before = len(waiting())
    address = f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/table"
    assert app.post(address).status_code == 403
    assert app.post(address, headers={"Authorization": editor["token"]}, follow_redirects=False).status_code == 302
    assert len(waiting()) == waiting_before + 1
    stranger = factories.UserWithToken()
    assert app.post(address, headers={"Authorization": stranger["token"]}).status_code == 403


@pytest.mark.parametrize("tail", ["table", "table/corrected.csv"])
def test_a_private_file_is_not_found_by_others(app: Any, make: Make, act: Act, tail: str):
    dataset = make(toilets(), private=True)
    check_dataset(dataset["id"])
    address = f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/{tail}"
    assert app.get(address).status_code == 404


def test_a_resource_of_another_dataset_is_not_found(app: Any, make: Make, act: Act, toyonaka: dict[str, Any]):
    dataset = make(toilets())
    act("package_create", name="other", title="題", notes="説明", owner_org=toyonaka["id"])
    assert app.get(f"/dataset/other/resource/{dataset['resources'][0]['id']}/table").status_code == 404


def test_a_standard_is_served_as_a_table_schema(app: Any):
    found = app.get("/standards/std-v3/13.json").get_json()
    assert found["fields"][3]["constraints"] == {"required": True}
    assert app.get("/standards/std-v3/99.json").status_code == 404


class TestRows:
    """The page with all rows of a file."""

    @pytest.fixture()
    def address(self, make: Make) -> str:
        rows = [
            {"ID": str(number), "名称": f"公園{number}<b>", "緯度": f"34.{number + 100}"} for number in range(1, 61)
        ]
        dataset = make(toilets(*rows))
        check_dataset(dataset["id"])
        return f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/rows"

    def test_rows_stand_on_pages_with_their_places(self, app: Any, address: str):
        text = page(app, address)
        assert "公園1&lt;b&gt;" in text
        assert "公園51&lt;b&gt;" in page(app, f"{address}?page=2")
        assert text.count('class="pin"') == 50
        assert text.count('class="dot"') == 10
        assert "<b>" not in text

    def test_words_narrow_rows_and_map_alike(self, app: Any, address: str):
        text = page(app, f"{address}?q=公園60")
        assert (text.count('class="pin"'), text.count('id="row-')) == (1, 1)

    def test_heads_sort_and_say_so(self, app: Any, address: str):
        text = page(app, f"{address}?q=公園&sort=ID+desc")
        assert 'aria-sort="descending"' in text
        assert f"{address}?q=%E5%85%AC%E5%9C%92&amp;sort=ID" in text

    def test_the_page_of_the_file_shows_the_first_rows(self, app: Any, address: str):
        text = page(app, address.removesuffix("/rows"))
        assert f'href="{address}"' in text
        assert text.count('id="row-') == 5

    def test_the_page_of_the_dataset_shows_the_first_rows_of_its_first_table(self, app: Any, address: str):
        text = page(app, "/dataset/toilets")
        assert f'href="{address}"' in text
        assert text.count('id="row-') == 5

    @pytest.mark.parametrize("query", ["?sort=ない", "?page=x", "?page=-1", "?page=99999999", "?q=" + "あ" * 5000])
    def test_odd_addresses_are_no_faults(self, app: Any, address: str, query: str):
        assert app.get(address + query).status_code in (200, 400, 404)

    def test_a_file_that_was_not_read_has_no_such_page(self, app: Any, make: Make):
        dataset = make(toilets())
        assert app.get(f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/rows").status_code == 404

    def test_rows_that_may_name_persons_are_not_shown(self, app: Any, make: Make):
        dataset = make(PERSONS, "persons.csv")
        check_dataset(dataset["id"])
        address = f"/dataset/toilets/resource/{dataset['resources'][0]['id']}"
        assert app.get(f"{address}/rows").status_code == 403
        assert "山田" not in page(app, address)

    def test_rows_are_drawn_with_the_same_numbers_beside_them(self, app: Any, make: Make):
        dataset = make("年度,人口,地区\n2023,5,<b>東\n2024,7,西\n".encode(), "people.csv")
        check_dataset(dataset["id"])
        address = f"/dataset/toilets/resource/{dataset['resources'][0]['id']}/rows"
        text = page(app, address)
        assert '<polyline class="l1"' in text
        assert "年度別の人口" in text
        bars = page(app, f"{address}?label=地区&value=人口")
        assert bars.count('<rect class="c1"') == 2
        assert "<b>東" not in bars
        assert page(app, f"{address}?label=ない").count("<rect") == 0

    def test_the_page_that_holds_a_row_is_found(self, app: Any, address: str):
        assert 'id="row-55"' in page(app, f"{address}?row=55")
        assert 'id="row-55"' not in page(app, f"{address}?row=55&page=1")
        assert 'id="row-6"' in page(app, f"{address}?row=6&sort=ID+desc&q=公園")
        for odd in ("99999", "-1", "x", "９", "9" * 5000):
            assert 'id="row-1"' in page(app, f"{address}?row={odd}")

    def test_the_map_is_made_of_the_rows_found(self, app: Any, address: str):
        text = page(app, f"{address}?q=公園60")
        assert f'data-orden-map="{address}.geojson?q=%E5%85%AC%E5%9C%9260"' in text
        assert 'data-name="名称"' in text
        assert "data-tiles" not in text


GEOJSON = """{"type": "FeatureCollection", "features": [
 {"type": "Feature", "geometry": {"type": "Point", "coordinates": [135.47, 34.78]}, "properties":
  {"名称": "港<b>", "幅": 5}},
 {"type": "Feature", "properties": {"名称": "校区", "幅": 7}, "geometry":
  {"type": "Polygon", "coordinates": [[[135.4, 34.6], [135.5, 34.6], [135.5, 34.7], [135.4, 34.6]]]}},
 {"type": "Feature", "geometry": null, "properties": {"名称": "不明"}}]}"""


class TestGeoJson:
    @pytest.fixture()
    def address(self, make: Make) -> str:
        dataset = make(GEOJSON.encode(), "areas.geojson")
        check_dataset(dataset["id"])
        return f"/dataset/toilets/resource/{dataset['resources'][0]['id']}"

    def test_features_are_rows_with_their_places(self, app: Any, address: str):
        text = page(app, f"{address}/rows")
        assert text.count('class="pin"') == 2
        assert "港&lt;b&gt;" in text
        assert "<td>面</td>" in text
        assert text.count('id="row-') == 3
        assert 'id="row-2"' in page(app, f"{address}/rows?q=校区")
        assert page(app, f"{address}/rows?q=135.4").count('id="row-') == 0

    def test_the_answer_for_the_map_is_geojson_of_the_rows_found(self, app: Any, address: str):
        [feature] = app.get(f"{address}/rows.geojson?q=校区").get_json()["features"]
        assert (feature["id"], feature["geometry"]["type"]) == (2, "Polygon")
        assert feature["properties"] == {"名称": "校区", "幅": "7"}

    def test_the_report_offers_no_corrected_table(self, app: Any, address: str):
        text = page(app, f"{address}/table")
        assert "3行" in text
        assert "corrected.csv" not in text

    @pytest.mark.ckan_config("ckanext.orden.table.max_geojson_bytes", 100)
    def test_one_that_is_too_large_is_told_on_its_page(self, app: Any, address: str):
        assert app.get(f"{address}/rows").status_code == 404
        assert "大き" in page(app, f"{address}/table")
        assert "大き" in page(app, address)
