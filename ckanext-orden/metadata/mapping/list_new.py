"""A dataset from the new form of オープンデータ一覧 (45 columns)."""

from __future__ import annotations

from collections.abc import Sequence

from ..parsing.open_data_list import ListRow
from ..parsing.text import fold, key, one_line, split_list
from .draft import Draft, filled, keeps_wording
from .list_files import add_files, put_api, put_file_licence, put_links, put_status


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
    draft.put("title", title)
    draft.put("orden_subtitle", "" if key(subtitle) == key(title) else subtitle)
    draft.put_text("notes", head.get("データセット_概要"))
    draft.put_text("orden_remarks", head.get("データセット_備考"))
    draft.add_tags(split_list(head.get("データセット_キーワード")))
    draft.put("orden_universal_menu", one_line(filled(head.get("データセット_ユニバーサルメニュー"))))
    draft.put_categories(head.get("データセット_分類"))
    draft.put_date("issued", head.get("データセット_公開日"))
    draft.put_date("modified", head.get("データセット_最終更新日"))
    draft.put_text("version", head.get("データセット_バージョン"))
    draft.add_languages(head.get("データセット_言語"))
    draft.put_url("url", head.get("データセット_URL"))
    draft.put_frequency(head.get("データセット_更新頻度"))
    draft.add("conforms_to", split_list(head.get("データセット_準拠する標準")))
    put_links(draft, head.get("データセット_関連ドキュメント"), "orden_remarks")
    draft.put_text("provenance", head.get("データセット_来歴情報"))


def _put_people(draft: Draft, head: ListRow) -> None:
    """Who made the data, and the office to ask."""
    creator = one_line(head.get("データセット_作成者"))
    draft.put("creator", [{"name": creator}] if creator else [])
    contact = draft.part()
    contact.put("name", one_line(head.get("データセット_連絡先名称")))
    contact.put("email", one_line(head.get("データセット_連絡先メールアドレス")))
    contact.put_url("url", head.get("データセット_連絡先FormURL"))
    remark = head.get("データセット_連絡先備考（その他、SNSなど）")
    if fold(remark) != fold(contact.values.get("url")):
        draft.put_text("orden_contact_remarks", remark)
    draft.put("orden_contact_phone", one_line(head.get("データセット_連絡先電話番号")))
    draft.put("orden_contact_extension", one_line(head.get("データセット_連絡先内線番号")))
    draft.put("contact", [contact.values] if contact.values else [])


def _put_coverage(draft: Draft, head: ListRow) -> None:
    draft.put("spatial_coverage", [{"text": place} for place in split_list(head.get("データセット_対象地域"))])
    draft.put_period(head.get("データセット_対象期間"))


def _file(file: Draft, row: ListRow) -> str:
    download = file.usable_url("download_url", row.get("ファイル_ダウンロードURL"))
    access = file.usable_url("access_url", row.get("ファイル_アクセスURL"))
    url = download or access
    file.put("url", url)
    file.put("access_url", access if access != download else "")
    file.put("orden_file_id", one_line(row.get("ファイル_ID")))
    file.put("name", one_line(row.get("ファイル_タイトル")) or one_line(row.get("データセット_タイトル")))
    file.put_text("description", row.get("ファイル_説明"))
    put_api(file, row.get("ファイル_API対応有無"))
    file.put_format(row.get("ファイル_形式"), url)
    put_status(file, row.get("ファイル_ステータス"))
    file.put_size(row.get("ファイル_サイズ"))
    file.put_date("issued", row.get("ファイル_公開日"))
    file.put_date("modified", row.get("ファイル_最終更新日"))
    file.put_text("rights", row.get("ファイル_著作権表記"))
    file.put_text("orden_terms", row.get("ファイル_利用規約"))
    put_links(file, row.get("ファイル_関連ドキュメント"), "description")
    file.add_languages(row.get("ファイル_言語"))
    file.add("conforms_to", split_list(row.get("ファイル_準拠する標準")))
    return put_file_licence(file, row.get("ファイル_ライセンス"))
