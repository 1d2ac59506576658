import pytest
from ckanext.orden.metadata.vocabularies import file_type_for, file_type_of_url, file_types


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("CSV", "CSV"),
        ("ｃｓｖ", "CSV"),
        (".csv", "CSV"),
        ("CSV形式", "CSV"),
        ("_2CSV", "CSV"),
        ("XCSV", "CSV"),
        ("CSV(UTF-8)", "CSV"),
        ("text/csv", "CSV"),
        ("http://www.iana.org/assignments/media-types/text/csv", "CSV"),
        ("https://publications.europa.eu/resource/authority/file-type/CSV", "CSV"),
        ("XLSX", "XLSX"),
        ("xisx", "XLSX"),
        ("Excel", "XLSX"),
        ("エクセル", "XLSX"),
        ("XLS", "XLS"),
        ("ＰＤＦ", "PDF"),
        ("HTML-", "HTML"),
        ("GeoJSON", "GeoJSON"),
        ("application/vnd.geo+json", "GeoJSON"),
        ("json ld", "JSON-LD"),
        ("RDF", "RDF/XML"),
        ("las", "LAS"),
        ("shape", "SHP"),
        ("ZIP(SHP)", "ZIP"),
        ("JPG", "JPEG"),
        ("ai", "AI"),
    ],
)
def test_spelling_names_its_file_type(text: str, label: str):
    found = file_type_for(text)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize("text", ["", None, "データモデル定義", "Shift-JIS", 7])
def test_what_is_no_file_type_names_none(text: object):
    assert file_type_for(text) is None


def test_excel_is_settled_by_the_address():
    found = file_type_for("Excel", "https://example.jp/a.XLS?v=1")
    assert found is not None
    assert found.label == "XLS"


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://example.jp/a.CSV", "CSV"),
        ("https://example.jp/download.jsp?param=27227_food_business_all.csv", "CSV"),
        ("https://example.jp/a.csv.gz", "CSV"),
        ("https://example.jp/data/", None),
        ("https://example.jp/page.jsp", None),
        ("http://[broken", None),
    ],
)
def test_address_ends_with_a_file_type(url: str, label: str | None):
    found = file_type_of_url(url)
    assert (found.label if found else None) == label


def test_each_file_type_is_found_by_its_label_and_iris():
    for file_type in file_types():
        assert file_type_for(file_type.label) == file_type
    csv = file_type_for("CSV")
    assert csv is not None
    assert file_type_for(csv.eu_iri) == file_type_for(csv.media_type_iri) == csv
