"""An empty オープンデータ一覧 to fill in: the header, what must be filled, and an example that is no row."""

from __future__ import annotations

from ..parsing.list_columns import NEW_COLUMNS
from ..vocabularies import coded, licences

_MUST, _SHOULD, _MAY = "必須", "推奨", "任意"
_GUIDE: dict[str, tuple[str, str]] = {
    "データセット_ID": (_SHOULD, "1001"),
    "全国地方公共団体コード": (_SHOULD, "272035"),
    "地方公共団体名": (_SHOULD, "豊中市"),
    "データセット_タイトル": (_MUST, "公衆トイレ一覧"),
    "データセット_サブタイトル": (_MAY, "令和8年度版"),
    "データセット_概要": (_MUST, "市内の公衆トイレの位置と設備の一覧です。"),
    "データセット_キーワード": (_SHOULD, "公衆トイレ;バリアフリー"),
    "データセット_分類": (_SHOULD, "住宅・土地・建設"),
    "データセット_公開日": (_MAY, "2024-04-01"),
    "データセット_最終更新日": (_SHOULD, "2026-04-01"),
    "データセット_言語": (_MAY, "ja"),
    "データセット_URL": (_MAY, "https://www.city.example.jp/opendata/toilet.html"),
    "データセット_更新頻度": (_SHOULD, "年1回"),
    "データセット_準拠する標準": (_MAY, "自治体標準オープンデータセット"),
    "データセット_対象地域": (_MAY, "豊中市"),
    "データセット_対象期間": (_MAY, "2025-04-01/2026-03-31"),
    "データセット_作成者": (_MAY, "環境部"),
    "データセット_連絡先名称": (_SHOULD, "環境部 減量推進課"),
    "データセット_連絡先メールアドレス": (_SHOULD, "kankyo@city.example.jp"),
    "データセット_連絡先電話番号": (_MAY, "06-0000-0000"),
    "ファイル_ID": (_MAY, "1001-1"),
    "ファイル_タイトル": (_SHOULD, "公衆トイレ一覧（CSV）"),
    "ファイル_ダウンロードURL": (_MUST, "https://www.city.example.jp/opendata/toilet.csv"),
    "ファイル_形式": (_SHOULD, "CSV"),
    "ファイル_ライセンス": (_MUST, "CC BY 4.0"),
    "ファイル_ステータス": (_MAY, "配信中"),
    "ファイル_サイズ": (_MAY, "18432"),
    "ファイル_最終更新日": (_MAY, "2026-04-01"),
    "ファイル_API対応有無": (_MAY, "無"),
}
_FREQUENCIES = ("随時", "毎日", "毎週", "毎月", "四半期に1回", "半年に1回", "年1回", "2年に1回", "更新しない")


def rows() -> list[list[str]]:
    """Three lines that a reader takes for no data: the header, the obligations, and an example behind a #."""
    obligations = [_GUIDE.get(column, (_MAY, ""))[0] for column in NEW_COLUMNS]
    first, *others = (_GUIDE.get(column, ("", ""))[1] for column in NEW_COLUMNS)
    return [list(NEW_COLUMNS), obligations, [f"#例 {first}", *others]]


def choices() -> dict[str, list[str]]:
    """Columns for which a spreadsheet may offer a menu; other words may be written too."""
    return {
        "データセット_更新頻度": list(_FREQUENCIES),
        "ファイル_ライセンス": [licence.written for licence in licences() if licence.open],
        "ファイル_ステータス": [term.written for term in coded("status")],
        "ファイル_API対応有無": ["有", "無"],
    }
