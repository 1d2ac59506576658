"""Small lists for the tests, written as municipalities write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

import openpyxl
from ckanext.orden.metadata.parsing.list_columns import COLUMNS, Generation

OLD_ROW = {
    "都道府県コード又は市区町村コード": "27203",
    "NO": "1",
    "都道府県名": "大阪府",
    "市区町村名": "豊中市",
    "データ名称": "避難所一覧①㈱髙﨑",
    "データ概要": "市内の指定緊急避難場所です。\n改行も残ります。",
    "データ形式": "ｃｓｖ",
    "分類": "防災",
    "更新頻度": "１年ごと",
    "URL": "https://www.city.example.jp/opendata/272035_evacuation_space.csv",
    "API対応有無": "無",
    "ライセンス": "CC BY 4.0",
    "登録日": "平成29年7月1日",
    "最終更新日": "R6.4.1",
    "備考": "特になし",
}
NEW_ROW = {
    "データセット_ID": "100",
    "全国地方公共団体コード": "271403",
    "地方公共団体名": "堺市",
    "データセット_タイトル": "公衆トイレ一覧",
    "データセット_サブタイトル": "令和6年度版",
    "データセット_概要": "市内の公衆トイレの位置です。",
    "データセット_キーワード": "トイレ；バリアフリー、観光",
    "データセット_分類": "住宅・土地・建設",
    "データセット_公開日": "2024/2/1",
    "データセット_最終更新日": "令和6年7月1日",
    "データセット_言語": "ja",
    "データセット_URL": "https://www.city.example.jp/toilet/",
    "データセット_更新頻度": "1年に1回",
    "データセット_準拠する標準": "自治体標準オープンデータセット",
    "データセット_関連ドキュメント": "https://www.city.example.jp/toilet/doc.pdf",
    "データセット_対象地域": "堺市",
    "データセット_対象期間": "開始年月日/終了年月日 : 2024年2月1日/2024年7月1日",
    "データセット_作成者": "環境局",
    "データセット_連絡先名称": "環境局 環境事業部",
    "データセット_連絡先メールアドレス": "kankyo@city.example.jp",
    "データセット_連絡先電話番号": "072-000-0000",
    "データセット_連絡先FormURL": "https://www.city.example.jp/form/",
    "ファイル_ID": "1",
    "ファイル_タイトル": "公衆トイレ一覧（CSV）",
    "ファイル_ダウンロードURL": "https://www.city.example.jp/toilet/271403_public_toilet.csv",
    "ファイル_形式": "CSV",
    "ファイル_ライセンス": "CC BY 4.0",
    "ファイル_ステータス": "配信中",
    "ファイル_サイズ": "4,315",
    "ファイル_公開日": "2024/2/1",
    "ファイル_最終更新日": "2024/7/1",
    "ファイル_API対応有無": "有",
    "ファイル_著作権表記": "堺市",
}
ROWS: dict[Generation, dict[str, str]] = {"old": OLD_ROW, "new": NEW_ROW}


def table(generation: Generation, rows: Iterable[Mapping[str, str]], above: str = "", delimiter: str = ",") -> str:
    """The text of a list: what stands above its header, the header, the rows."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS[generation], delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return above + stream.getvalue()


def workbook(generation: Generation, rows: Iterable[Mapping[str, str]], above: Iterable[str] = ()) -> bytes:
    """The same list as an Excel file."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in above:
        sheet.append([line])
    sheet.append(COLUMNS[generation])
    for row in rows:
        sheet.append([row.get(column) for column in COLUMNS[generation]])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
