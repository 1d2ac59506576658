"""Which column of オープンデータ一覧 each field stands in, for both generations."""

from __future__ import annotations

from collections.abc import Collection

from ..parsing.list_columns import Generation

_DATASET: dict[Generation, dict[str, str]] = {
    "new": {
        "identifier": "データセット_ID",
        "orden_municipality": "全国地方公共団体コード",
        "publisher": "地方公共団体名",
        "title": "データセット_タイトル",
        "orden_subtitle": "データセット_サブタイトル",
        "notes": "データセット_概要",
        "tags": "データセット_キーワード",
        "theme": "データセット_分類",
        "orden_category_text": "データセット_分類",
        "orden_universal_menu": "データセット_ユニバーサルメニュー",
        "issued": "データセット_公開日",
        "modified": "データセット_最終更新日",
        "version": "データセット_バージョン",
        "language": "データセット_言語",
        "url": "データセット_URL",
        "frequency": "データセット_更新頻度",
        "orden_frequency_text": "データセット_更新頻度",
        "conforms_to": "データセット_準拠する標準",
        "documentation": "データセット_関連ドキュメント",
        "provenance": "データセット_来歴情報",
        "spatial_coverage": "データセット_対象地域",
        "temporal_coverage": "データセット_対象期間",
        "creator": "データセット_作成者",
        "contact": "データセット_連絡先名称",
        "contact.email": "データセット_連絡先メールアドレス",
        "contact.url": "データセット_連絡先FormURL",
        "orden_contact_phone": "データセット_連絡先電話番号",
        "orden_contact_extension": "データセット_連絡先内線番号",
        "orden_contact_remarks": "データセット_連絡先備考（その他、SNSなど）",
        "orden_remarks": "データセット_備考",
        "license_id": "ファイル_ライセンス",
        "orden_license_text": "ファイル_ライセンス",
    },
    "old": {
        "identifier": "NO",
        "orden_municipality": "都道府県コード又は市区町村コード",
        "publisher": "市区町村名",
        "title": "データ名称",
        "notes": "データ概要",
        "tags": "分類",
        "theme": "分類",
        "orden_category_text": "分類",
        "issued": "登録日",
        "modified": "最終更新日",
        "frequency": "更新頻度",
        "orden_frequency_text": "更新頻度",
        "license_id": "ライセンス",
        "orden_license_text": "ライセンス",
        "orden_remarks": "備考",
    },
}
_FILE: dict[Generation, dict[str, str]] = {
    "new": {
        "url": "ファイル_ダウンロードURL",
        "access_url": "ファイル_アクセスURL",
        "orden_file_id": "ファイル_ID",
        "name": "ファイル_タイトル",
        "description": "ファイル_説明",
        "format": "ファイル_形式",
        "mimetype": "ファイル_形式",
        "license": "ファイル_ライセンス",
        "status": "ファイル_ステータス",
        "size": "ファイル_サイズ",
        "issued": "ファイル_公開日",
        "modified": "ファイル_最終更新日",
        "rights": "ファイル_著作権表記",
        "orden_terms": "ファイル_利用規約",
        "orden_api": "ファイル_API対応有無",
        "documentation": "ファイル_関連ドキュメント",
        "language": "ファイル_言語",
        "conforms_to": "ファイル_準拠する標準",
    },
    "old": {
        "url": "URL",
        "access_url": "URL",
        "orden_api": "API対応有無",
        "name": "データ名称",
        "format": "データ形式",
        "mimetype": "データ形式",
        "license": "ライセンス",
        "modified": "最終更新日",
    },
}
_KEPT = frozenset({"identifier", "publisher", "orden_municipality", "title", "notes"})
"""Fields that an empty cell never empties: they are required, or tell one dataset or file from another."""
_FILE_KEPT = frozenset({"url", "access_url", "orden_file_id", "name", "mimetype", "format"})


def column_of(generation: Generation, field: str, *, of_file: bool = False) -> str:
    """The column of a field (`contact.email`, or its parent's); empty for a field that the list has not."""
    columns = (_FILE if of_file else _DATASET)[generation]
    return columns.get(field) or columns.get(field.split(".", maxsplit=1)[0], "")


def emptied(generation: Generation, columns: Collection[str], *, of_file: bool = False) -> frozenset[str]:
    """The fields that an empty cell can empty, in a list that has these columns."""
    kept = _FILE_KEPT if of_file else _KEPT
    names = (_FILE if of_file else _DATASET)[generation]
    return frozenset(
        name for name, column in names.items() if column in columns and name not in kept and "." not in name
    )
