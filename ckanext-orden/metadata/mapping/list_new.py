"""A dataset from the new form of オープンデータ一覧 (45 columns)."""

from __future__ import annotations

from collections.abc import Sequence

from ..parsing.open_data_list import ListRow
from ..parsing.text import fold, key, one_line, split_list
from .draft import Draft, filled, keeps_wording
from .list_files import add_files, put_file_licence, put_links, put_status


def new_dataset(draft: Draft, rows: Sequence[ListRow]) -> None:
    """Fills the draft from all rows of one データセット_ID; a value may stand in any of them."""
    cells = {column: value for row in reversed(rows) for column, value in row.cells.items() if filled(value)}
    head = ListRow(rows[0].number, cells)
    _describe(draft, head)
    _put_people(draft, head)
    _put_coverage(draft, head)
    for row in rows:
        if keeps_wording(row.get("ファイル_ライセンス")):
            draft.put("orden_license_text", one_line(row.get("ファイル_ライセンス")))
        if key(row.get("データセット_タイトル")) != key(rows[0].get("データセット_タイトル")):
            draft.report("record.identifier_shared", "identifier", row.get("データセット_ID"))
    add_files(draft, rows, _file)


def _describe(draft: Draft, head: ListRow) -> None:
    title, subtitle = (one_line(head.get(f"データセット_{part}")) for part in ("タイトル", "サブタイトル"))
    draft.put("title", title if not subtitle or key(subtitle) in key(title) else f"{title} {subtitle}")
    draft.put_text("notes", head.get("データセット_概要"))
    draft.append_note("備考", head.get("データセット_備考"))
    draft.add_tags(split_list(head.get("データセット_キーワード")))
    draft.add_tags(split_list(head.get("データセット_ユニバーサルメニュー")))
    draft.add_themes(split_list(head.get("データセット_分類")))
    draft.put_date("issued", head.get("データセット_公開日"))
    draft.put_date("modified", head.get("データセット_最終更新日"))
    draft.put_text("version", head.get("データセット_バージョン"))
    draft.add_languages(head.get("データセット_言語"))
    draft.put_url("url", head.get("データセット_URL"))
    draft.put_frequency(head.get("データセット_更新頻度"))
    draft.add("conforms_to", split_list(head.get("データセット_準拠する標準")))
    put_links(draft, "documentation", head.get("データセット_関連ドキュメント"))
    draft.put_text("provenance", head.get("データセット_来歴情報"))


def _put_people(draft: Draft, head: ListRow) -> None:
    """The office to ask; a telephone number has no field and stands behind the office's name."""
    creator = one_line(head.get("データセット_作成者"))
    draft.put("creator", [{"name": creator}] if creator else [])
    contact = draft.part()
    telephone = "内線".join(
        filter(None, (one_line(head.get(f"データセット_連絡先{part}番号")) for part in ("電話", "内線")))
    )
    names = (one_line(head.get("データセット_連絡先名称")), f"（電話 {telephone}）" if telephone else "")
    contact.put("name", "".join(names))
    contact.put("email", one_line(head.get("データセット_連絡先メールアドレス")))
    contact.put_url("url", head.get("データセット_連絡先FormURL"))
    remark = head.get("データセット_連絡先備考（その他、SNSなど）")
    if remark and fold(remark) != fold(contact.values.get("url")):
        draft.append_note("連絡先備考", remark)
    draft.put("contact", [contact.values] if contact.values else [])


def _put_coverage(draft: Draft, head: ListRow) -> None:
    draft.put("spatial_coverage", [{"text": place} for place in split_list(head.get("データセット_対象地域"))])
    draft.put_period(head.get("データセット_対象期間"))


def _file(file: Draft, row: ListRow) -> str:
    file.put_url("download_url", row.get("ファイル_ダウンロードURL"))
    file.put_url("access_url", row.get("ファイル_アクセスURL"))
    url = file.values.get("download_url") or file.values.get("access_url", "")
    file.put("url", url)
    file.put("name", one_line(row.get("ファイル_タイトル")) or one_line(row.get("データセット_タイトル")))
    file.put_text("description", row.get("ファイル_説明"))
    if filled(row.get("ファイル_API対応有無")) in ("有", "あり", "○", "可"):
        described = file.values.get("description", "")
        file.values["description"] = "\n\n".join(filter(None, (described, "API対応: 有")))
    file.put_format(row.get("ファイル_形式"), url)
    put_status(file, row.get("ファイル_ステータス"))
    file.put_size(row.get("ファイル_サイズ"))
    file.put_date("issued", row.get("ファイル_公開日"))
    file.put_date("modified", row.get("ファイル_最終更新日"))
    file.put(
        "rights", " / ".join(filter(None, (filled(row.get(f"ファイル_{part}")) for part in ("著作権表記", "利用規約"))))
    )
    put_links(file, "documentation", row.get("ファイル_関連ドキュメント"))
    file.add_languages(row.get("ファイル_言語"))
    file.add("conforms_to", split_list(row.get("ファイル_準拠する標準")))
    return put_file_licence(file, row.get("ファイル_ライセンス"))
