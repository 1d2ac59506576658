import pytest
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.hashing import fingerprint
from ckanext.orden.metadata.mapping import Mapped
from ckanext.orden.metadata.mapping.open_data_list import datasets
from ckanext.orden.metadata.parsing.list_columns import Generation
from ckanext.orden.metadata.parsing.open_data_list import read
from ckanext.orden.metadata.validation import check
from metadata.lists import NEW_ROW, OLD_ROW, ROWS, table

EU = "http://publications.europa.eu/resource/authority/"


def mapped(generation: Generation, *rows: dict[str, str], encoding: str = "utf-8") -> list[Mapped]:
    return datasets(read(table(generation, rows).encode(encoding)))


def codes(found: Mapped) -> list[str]:
    return [issue.code for issue in found.issues]


def test_old_row_becomes_a_dataset():
    (found,) = mapped("old", OLD_ROW, encoding="cp932")
    assert found.guid == "urn:orden:list:272035:1"
    assert found.organization == {
        "name": "272035",
        "title": "豊中市",
        "orden_org_kind": "public",
        "orden_municipality": "272035",
    }
    assert found.dataset == {
        "title": "避難所一覧①㈱髙﨑",
        "notes": "市内の指定緊急避難場所です。\n改行も残ります。",
        "frequency": EU + "frequency/ANNUAL",
        "orden_frequency_text": "１年ごと",
        "issued": "2017-07-01",
        "modified": "2024-04-01",
        "theme": [EU + "data-theme/JUST"],
        "orden_category_text": "防災",
        "tags": [{"name": "防災"}],
        "license_id": "CC-BY-4.0",
        "publisher": [{"name": "豊中市"}],
        "orden_municipality": "272035",
        "identifier": "urn:orden:list:272035:1",
        "resources": [
            {
                "url": "https://www.city.example.jp/opendata/272035_evacuation_space.csv",
                "name": "避難所一覧①㈱髙﨑",
                "format": "CSV",
                "mimetype": "text/csv",
                "modified": "2024-04-01",
                "orden_api": "no",
            }
        ],
    }
    assert codes(found) == ["code.repaired"]


def test_new_rows_of_one_identifier_become_one_dataset():
    xlsx = {
        **NEW_ROW,
        "ファイル_ダウンロードURL": "https://www.city.example.jp/toilet/a.xlsx",
        "ファイル_形式": "Excel",
        "ファイル_ID": "2",
    }
    (found,) = mapped("new", NEW_ROW, xlsx)
    dataset = found.dataset
    assert found.guid == "urn:orden:list:271403:100"
    assert (dataset["title"], dataset["orden_subtitle"]) == ("公衆トイレ一覧", "令和6年度版")
    assert dataset["tags"] == [{"name": "トイレ"}, {"name": "バリアフリー"}, {"name": "観光"}]
    assert dataset["theme"] == [EU + "data-theme/REGI"]
    assert dataset["language"] == [EU + "language/JPN"]
    assert dataset["temporal_coverage"] == [{"start": "2024-02-01", "end": "2024-07-01"}]
    assert dataset["spatial_coverage"] == [{"text": "堺市"}]
    assert dataset["creator"] == [{"name": "環境局"}]
    assert dataset["contact"] == [
        {
            "name": "環境局 環境事業部",
            "email": "kankyo@city.example.jp",
            "url": "https://www.city.example.jp/form/",
        }
    ]
    assert dataset["orden_contact_phone"] == "072-000-0000"
    assert dataset["conforms_to"] == ["自治体標準オープンデータセット"]
    assert dataset["documentation"] == ["https://www.city.example.jp/toilet/doc.pdf"]
    assert [file["format"] for file in dataset["resources"]] == ["CSV", "XLSX"]
    assert dataset["resources"][0]["size"] == 4315
    assert (
        dataset["resources"][0]["status"]
        == "http://publications.europa.eu/resource/authority/distribution-status/COMPLETED"
    )
    assert (dataset["resources"][0]["orden_api"], dataset["resources"][0]["orden_file_id"]) == ("yes", "1")
    assert codes(found) == []


@pytest.mark.parametrize("generation", ["old", "new"])
def test_mapped_dataset_holds_only_fields_of_the_schema_and_is_valid(generation: Generation):
    (found,) = mapped(generation, ROWS[generation])
    assert set(found.dataset) <= fields.DATASET | {"tags", "resources"}
    assert all(set(file) <= fields.RESOURCE for file in found.dataset["resources"])
    assert check(found.dataset, found.organization).valid


@pytest.mark.parametrize("generation", ["old", "new"])
def test_encoding_and_order_of_the_list_change_no_fingerprint(generation: Generation):
    other = {**ROWS[generation], "NO": "2"} if generation == "old" else {**NEW_ROW, "データセット_ID": "2"}
    one = {found.guid: fingerprint(found.dataset) for found in mapped(generation, ROWS[generation], other)}
    two = {
        found.guid: fingerprint(found.dataset)
        for found in mapped(generation, other, ROWS[generation], encoding="cp932")
    }
    assert one == two


def test_same_number_with_another_title_is_another_dataset():
    found = mapped("old", OLD_ROW, {**OLD_ROW, "データ名称": "AED"})
    assert [one.dataset["title"] for one in found] == ["避難所一覧①㈱髙﨑", "AED"]
    assert len({one.guid for one in found}) == 2
    assert "record.identifier_shared" in codes(found[1])


def test_same_number_and_title_are_files_of_one_dataset():
    (found,) = mapped(
        "old",
        OLD_ROW,
        {**OLD_ROW, "URL": "https://www.city.example.jp/b.xlsx", "データ形式": "XLSX", "最終更新日": "2025/1/1"},
    )
    assert len(found.dataset["resources"]) == 2
    assert found.dataset["modified"] == "2025-01-01"


def test_row_without_identifier_is_known_by_its_title():
    one, two = mapped("old", {**OLD_ROW, "NO": ""}, {**OLD_ROW, "NO": "", "データ名称": "AED"})
    assert one.guid != two.guid
    assert one.guid.startswith("urn:orden:list:272035:title:")
    assert "record.no_identifier" in codes(one)


def test_repeated_and_missing_addresses_are_left_out_and_reported():
    rows = [
        {**NEW_ROW, "ファイル_ダウンロードURL": url}
        for url in (NEW_ROW["ファイル_ダウンロードURL"], NEW_ROW["ファイル_ダウンロードURL"], "", "javascript:alert(1)")
    ]
    (found,) = mapped("new", *rows)
    assert len(found.dataset["resources"]) == 1
    assert codes(found) == ["resource.repeated", "resource.dropped", "url.scheme", "resource.dropped"]
    assert all(issue.severity == "warning" for issue in found.issues)


@pytest.mark.parametrize(
    ("licences", "license_id", "text", "issue"),
    [
        (("CC BY 4.0", "cc-by-40-intl"), "CC-BY-4.0", None, None),
        (("CC BY",), "CC-BY-4.0", "CC BY", "licence.versionless"),
        (("CC BY 4.0", "CC BY-NC 4.0"), None, None, "licence.mixed"),
        (("市の利用規約",), "OTHER", "市の利用規約", "licence.unknown"),
        (("",), None, None, "licence.missing"),
        (("なし",), None, None, "licence.missing"),
    ],
)
def test_dataset_has_the_licence_that_its_files_share(
    licences: tuple[str, ...], license_id: str | None, text: str | None, issue: str | None
):
    rows = [
        {**NEW_ROW, "ファイル_ライセンス": licence, "ファイル_ダウンロードURL": f"https://x.example/{number}.csv"}
        for number, licence in enumerate(licences)
    ]
    (found,) = mapped("new", *rows)
    assert found.dataset.get("license_id") == license_id
    assert found.dataset.get("orden_license_text") == text
    assert (issue in codes(found)) if issue else codes(found) == []


@pytest.mark.parametrize(
    ("change", "issue"),
    [
        ({"更新頻度": "年に数回"}, "frequency.unknown"),
        ({"登録日": "令和のいつか"}, "date.unknown"),
        ({"データ形式": "データモデル定義"}, "format.unknown"),
        ({"分類": "ふしぎ"}, "theme.unknown"),
        ({"分類": "防災・減災の取組"}, "theme.unknown"),
    ],
)
def test_what_does_not_fit_is_reported_with_its_line(change: dict[str, str], issue: str):
    (found,) = mapped("old", {**OLD_ROW, **change})
    (about,) = [one for one in found.issues if one.code == issue]
    assert about.where == "line 2"
    assert about.value in change.values()
    assert about.message["ja"]
    assert about.message["en"]


def test_wording_that_does_not_fit_is_kept():
    (found,) = mapped("old", {**OLD_ROW, "更新頻度": "年に数回", "分類": "ふしぎ", "データ形式": "謎形式"})
    assert found.dataset["orden_frequency_text"] == "年に数回"
    assert "frequency" not in found.dataset
    assert found.dataset["tags"] == [{"name": "ふしぎ"}]
    assert found.dataset["resources"][0]["format"] == "謎形式"


def test_several_formats_in_a_cell_stay_in_the_description():
    (found,) = mapped("old", {**OLD_ROW, "データ形式": "xlsx,csv,RDF", "URL": "https://www.city.example.jp/dataset/1"})
    (file,) = found.dataset["resources"]
    assert (file["format"], file["description"]) == ("XLSX", "形式: xlsx,csv,RDF")
    assert "access_url" in file
    assert "download_url" not in file


def test_what_only_the_list_has_gets_its_own_field():
    cells = {
        "データセット_ユニバーサルメニュー": "観光情報;観光名所",
        "データセット_備考": "毎年4月に更新",
        "データセット_連絡先内線番号": "1234",
        "データセット_連絡先備考（その他、SNSなど）": "平日のみ",
        "データセット_関連ドキュメント": "紙の資料;https://www.city.example.jp/doc.pdf",
        "ファイル_利用規約": "https://www.city.example.jp/terms",
    }
    (found,) = mapped("new", {**NEW_ROW, **cells})
    dataset, (file,) = found.dataset, found.dataset["resources"]
    assert dataset["notes"] == NEW_ROW["データセット_概要"]
    assert dataset["orden_universal_menu"] == "観光情報;観光名所"
    assert dataset["orden_remarks"] == "毎年4月に更新\n\n関連ドキュメント: 紙の資料"
    assert (dataset["orden_contact_extension"], dataset["orden_contact_remarks"]) == ("1234", "平日のみ")
    assert (file["rights"], file["orden_terms"]) == ("堺市", "https://www.city.example.jp/terms")


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("住宅・土地・建設", None), ("まちづくり", "まちづくり"), ("労働・賃金", "労働・賃金"), ("その他", "その他")],
)
def test_category_keeps_its_wording_where_the_theme_says_less(cell: str, kept: str | None):
    (found,) = mapped("new", {**NEW_ROW, "データセット_分類": cell})
    assert found.dataset.get("orden_category_text") == kept


@pytest.mark.parametrize(
    ("cell", "identifier"),
    [
        ("A-1", "urn:orden:list:271403:a-1"),
        ("urn:orden:list:271403:1", "urn:orden:list:271403:1"),
        ("https://www.city.example.jp/d/1", "https://www.city.example.jp/d/1"),
    ],
)
def test_identifier_that_is_an_address_stays_as_it_is(cell: str, identifier: str):
    (found,) = mapped("new", {**NEW_ROW, "データセット_ID": cell})
    assert found.dataset["identifier"] == identifier
    assert found.guid.startswith("urn:orden:list:271403:")


def test_body_without_a_known_code_still_has_an_organisation():
    (found,) = mapped("new", {**NEW_ROW, "全国地方公共団体コード": "111111", "地方公共団体名": "シラサギ市"})
    assert found.guid == "urn:orden:list:111111:100"
    assert found.organization is not None
    assert found.organization["name"].startswith("org-")
    assert "code.invalid" in codes(found)
