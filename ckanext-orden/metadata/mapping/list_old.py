"""A dataset from the old form of オープンデータ一覧 (15 columns)."""

from __future__ import annotations

from collections.abc import Sequence

from ..parsing.open_data_list import ListRow
from ..parsing.text import one_line, split_list
from ..vocabularies import file_type_of_url
from .draft import Draft, keeps_wording
from .list_files import add_files, put_api, put_file_licence


def old_dataset(draft: Draft, rows: Sequence[ListRow]) -> None:
    """Fills the draft from all rows that share an identifier."""
    first = rows[0]
    draft.put("title", one_line(first.get("データ名称")))
    for row in rows:
        draft.put_text("notes", row.get("データ概要"))
        draft.put_frequency(row.get("更新頻度"))
        draft.put_date("issued", row.get("登録日"))
        draft.put_categories(row.get("分類"))
        if keeps_wording(row.get("ライセンス")):
            draft.put("orden_license_text", one_line(row.get("ライセンス")))
    draft.put_text("orden_remarks", first.get("備考"))
    _put_last_change(draft, rows)
    add_files(draft, rows, _file)


def _put_last_change(draft: Draft, rows: Sequence[ListRow]) -> None:
    days: list[str] = []
    for row in rows:
        dated = draft.part(f"line {row.number}")
        dated.put_date("modified", row.get("最終更新日"))
        days += dated.values.values()
    draft.put("modified", max(days, default=""))


def _file(file: Draft, row: ListRow) -> str:
    file.put_url("url", row.get("URL"))
    url = file.values.get("url", "")
    file.put("name", one_line(row.get("データ名称")))
    _put_formats(file, row.get("データ形式"), url)
    file.put_date("modified", row.get("最終更新日"))
    put_api(file, row.get("API対応有無"))
    linked = file_type_of_url(url)
    if not linked or linked.label == "HTML":
        file.put("access_url", url)
    return put_file_licence(file, row.get("ライセンス"))


def _put_formats(file: Draft, text: str, url: str) -> None:
    """One format of several in a cell is the address's own; the others stay in the description."""
    formats = split_list(text.replace("/", ";").replace("・", ";"))
    if len(formats) <= 1:
        file.put_format(text, url)
        return
    file.put_format("" if file_type_of_url(url) else formats[0], url)
    file.put("description", f"形式: {one_line(text)}")
