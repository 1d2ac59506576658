"""Small feeds written for the tests, one builder a protocol."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from fetching.server import Answer, reply

NOUNS = ("避難所", "ＡＥＤ設置箇所", "公衆トイレ", "子育て施設", "文化財", "人口統計")


def package(number: int, **changes: Any) -> dict[str, Any]:
    """A remote CKAN package with a Japanese title."""
    noun = NOUNS[number % len(NOUNS)]
    return {
        "id": f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        "name": f"270008_{number}",
        "title": f"{noun}一覧 {number}",
        "notes": f"{noun}の一覧です。",
        "license_id": "CC-BY-4.0",
        "type": "dataset",
        "state": "active",
        "private": False,
        "tags": [{"name": noun}, {"name": "オープンデータ"}],
        "extras": [{"key": "更新頻度", "value": "年１回"}],
        "organization": {"name": "270008", "title": "大阪府"},
        "metadata_created": f"2024-01-01T00:00:{number % 60:02d}",
        "metadata_modified": "2024-04-01T00:00:00",
        "resources": [
            {
                "id": f"r{number}a",
                "name": f"{noun}.csv",
                "url": f"https://data.example.jp/{number}.csv",
                "format": "CSV",
            },
            {
                "id": f"r{number}b",
                "name": f"{noun}.xlsx",
                "url": f"https://data.example.jp/{number}.xlsx",
                "format": "XLSX",
            },
        ],
        **changes,
    }


def packages(*numbers: int) -> list[dict[str, Any]]:
    return [package(number) for number in numbers]


def search(records: list[dict[str, Any]]) -> Answer:
    """CKAN's package_search over these records, looked at anew with each request."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        start, rows = int(query.get("start", ["0"])[0]), int(query.get("rows", ["10"])[0])
        result = {"count": len(records), "results": records[start : start + rows]}
        reply(json.dumps({"success": True, "result": result}).encode(), Content_Type="application/json")(handler)

    return answer


NEW_HEADER = (
    "全国地方公共団体コード,ID,地方公共団体名,データセット_ID,データセット_タイトル,データセット_概要,データセット_キーワード,"
    "データセット_更新頻度,ファイル_タイトル,ファイル_ダウンロードURL,ファイル_形式,ファイル_ライセンス"
)
OLD_HEADER = (
    "都道府県コード又は市区町村コード,NO,都道府県名,市区町村名,データ名称,データ概要,データ形式,ライセンス,更新頻度,URL"
)


def new_list(*numbers: int, encoding: str = "utf-8-sig") -> bytes:
    """A list of open data by the standard of 2023: two files a dataset."""
    lines = [NEW_HEADER]
    for number in numbers:
        noun = NOUNS[number % len(NOUNS)]
        for kind in ("CSV", "XLSX"):
            url = f"https://www.city.example.jp/{number}.{kind.lower()}"
            dataset = f"271403,{number},大阪府堺市,{number:04d},{noun}一覧{number},{noun}の一覧,{noun};施設,年次"
            lines.append(f"{dataset},{noun},{url},{kind},CC BY 4.0")
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def old_list(*numbers: int) -> bytes:
    """The same by the older standard, in CP932."""
    rows = (
        f"272035,{number},大阪府,豊中市,{NOUNS[number % len(NOUNS)]}一覧{number},一覧です。,CSV,CC BY,年次,"
        f"https://www.city.example.jp/old/{number}.csv"
        for number in numbers
    )
    return ("\r\n".join((OLD_HEADER, *rows)) + "\r\n").encode("cp932")


PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def dcat_dataset(number: int) -> str:
    noun = NOUNS[number % len(NOUNS)]
    return f"""<urn:nara:dataset:{number}> a dcat:Dataset ;
  dct:title "{noun}一覧 {number}"@ja ; dct:description "{noun}の一覧です。"@ja ;
  dct:identifier "urn:nara:dataset:{number}" ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/REGI> ;
  dcat:keyword "{noun}"@ja, "観光"@ja ;
  dct:publisher [ a foaf:Organization ; foaf:name "奈良県"@ja ] ;
  dcat:distribution <urn:nara:dataset:{number}:csv>, <urn:nara:dataset:{number}:json> .
<urn:nara:dataset:{number}:csv> a dcat:Distribution ; dct:title "{noun}"@ja ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcat:accessURL <https://data.example.jp/{number}.csv> ; dcat:downloadURL <https://data.example.jp/{number}.csv> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> .
<urn:nara:dataset:{number}:json> a dcat:Distribution ; dct:title "{noun}"@ja ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> ;
  dcat:accessURL <https://data.example.jp/{number}.json> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/JSON> .
"""


def dcat_page(numbers: list[int], total: int | None = None, following: str = "") -> bytes:
    """A Turtle page of a DCAT feed."""
    paging = f"; hydra:totalItems {total} " if total is not None else ""
    paging += f"; hydra:next <{following}> " if following else ""
    head = f"{PREFIXES}<urn:nara:page> a hydra:PartialCollectionView {paging}.\n" if paging else PREFIXES
    return (head + "".join(dcat_dataset(number) for number in numbers)).encode()


def turtle(body: bytes) -> Answer:
    return reply(body, Content_Type="text/turtle; charset=utf-8")
