"""From a row of オープンデータ一覧 to a resource."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..parsing.open_data_list import ListRow
from ..parsing.text import fold, key, one_line, split_list
from ..vocabularies import licence_for
from .draft import Draft, filled

_STATUS = {
    **dict.fromkeys(("配信中", "公開中", "公開", "提供中"), "Completed"),
    **dict.fromkeys(("準備中", "作成中", "配信予定", "公開予定"), "UnderDevelopment"),
    **dict.fromkeys(("非推奨", "更新終了"), "Deprecated"),
    **dict.fromkeys(("配信終了", "公開終了", "配信停止", "廃止", "非公開"), "Withdrawn"),
}
_ADMS_STATUS = "http://purl.org/adms/status/"
WRITTEN_STATUS = {
    _ADMS_STATUS + "Completed": "配信中",
    _ADMS_STATUS + "UnderDevelopment": "準備中",
    _ADMS_STATUS + "Deprecated": "非推奨",
    _ADMS_STATUS + "Withdrawn": "配信終了",
}
_YES = frozenset(("有", "あり", "○", "可", "対応", "yes"))
_NO = frozenset(("無", "なし", "×", "不可", "未対応", "非対応", "no"))


def add_files(draft: Draft, rows: Sequence[ListRow], build: Callable[[Draft, ListRow], str]) -> None:
    """Adds a resource per row, keyed by its address, and the licence that all of them share."""
    files: dict[str, Draft] = {}
    licences: list[str] = []
    for row in rows:
        file = draft.part(f"line {row.number}")
        licence = build(file, row)
        url = file.values.get("url")
        if not url:
            file.report("resource.dropped", "url", one_line(next(iter(row.cells.values()), "")))
        elif url in files:
            file.report("resource.repeated", "url", url)
        else:
            files[url] = file
            licences.append(licence)
            draft.file_lines.append(row.number)
    draft.values["resources"] = [file.values for file in files.values()]
    _share_licence(draft, licences)


def put_file_licence(file: Draft, text: str) -> str:
    """The file's licence as IRI; its id is the answer."""
    found = file.licence_id(text)
    licence = licence_for(found)
    file.put("license", licence.url if licence else "")
    return found


def put_status(file: Draft, text: str) -> None:
    """The state of the file's publication, as ADMS names it."""
    if not filled(text):
        return
    found = _STATUS.get(key(text))
    if found or file.strict:
        file.put("status", _ADMS_STATUS + found if found else text)
    else:
        file.report("value.unknown", "status", text)


def put_api(file: Draft, text: str) -> None:
    """Whether an API serves the file too."""
    plain = fold(text)
    if plain in _YES or plain in _NO:
        file.put("orden_api", "yes" if plain in _YES else "no")
    elif plain:
        file.report("value.unknown", "orden_api", text)


def put_links(draft: Draft, text: str, words: str) -> None:
    """Addresses as documentation; what is no address goes to the field `words`."""
    for part in split_list(filled(text)):
        if "://" in part:
            draft.add("documentation", [draft.usable_url("documentation", part)])
        else:
            draft.append(words, f"関連ドキュメント: {part}")


def _share_licence(draft: Draft, licences: Sequence[str]) -> None:
    """One licence of all files is the dataset's; a file keeps only one that differs."""
    stated = set(licences) - {""}
    if not stated:
        draft.report("licence.missing", "license_id")
    elif len(stated) > 1:
        draft.report("licence.mixed", "license_id", ", ".join(sorted(stated)))
    else:
        draft.put("license_id", stated.pop())
        for file in draft.values["resources"]:
            file.pop("license", None)
