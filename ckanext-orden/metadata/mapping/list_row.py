"""From a dataset to rows of オープンデータ一覧 (45 columns, one row a file): the inverse of `open_data_list`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ...types import Issue
from ..facts import resources
from ..parsing.codes import repair
from ..parsing.list_columns import NEW_COLUMNS
from ..parsing.open_data_list import ListFile, ListRow
from ..parsing.text import clean, key, one_line, split_list
from ..vocabularies import frequency_for, language_for, licence_for, theme_for
from .draft import keeps_wording, written_categories
from .list_files import WRITTEN_STATUS
from .losses import losses
from .open_data_list import URN, datasets, urn

Record = Mapping[str, Any]
Row = dict[str, str]

_API = {"yes": "有", "no": "無"}
_SAME = {
    "データセット_タイトル": "title",
    "データセット_サブタイトル": "orden_subtitle",
    "データセット_概要": "notes",
    "データセット_ユニバーサルメニュー": "orden_universal_menu",
    "データセット_公開日": "issued",
    "データセット_最終更新日": "modified",
    "データセット_バージョン": "version",
    "データセット_URL": "url",
    "データセット_来歴情報": "provenance",
    "データセット_連絡先電話番号": "orden_contact_phone",
    "データセット_連絡先内線番号": "orden_contact_extension",
    "データセット_連絡先備考（その他、SNSなど）": "orden_contact_remarks",
    "データセット_備考": "orden_remarks",
}
"""Columns that hold a field as it is."""
_SAME_OF_A_FILE = {
    "ファイル_ID": "orden_file_id",
    "ファイル_タイトル": "name",
    "ファイル_アクセスURL": "access_url",
    "ファイル_説明": "description",
    "ファイル_形式": "format",
    "ファイル_サイズ": "size",
    "ファイル_公開日": "issued",
    "ファイル_最終更新日": "modified",
    "ファイル_利用規約": "orden_terms",
    "ファイル_著作権表記": "rights",
}


@dataclass(frozen=True)
class Written:
    """Rows by the standard's column names, and what they could not hold (`lossy.list`)."""

    rows: tuple[Row, ...]
    issues: tuple[Issue, ...] = ()


def rows(dataset: Record) -> Written:
    """The dataset's rows, at least one; a dataset in the form of `package_show` or of a mapping."""
    shared = _dataset(dataset)
    files = resources(dataset) or ({},)
    written = tuple(_complete({**shared, **_file(file, dataset)}) for file in files)
    return Written(written, losses("list", dataset, read_back(written)))


def read_back(written: Iterable[Row]) -> Record:
    """The dataset that the rows are read as."""
    cells = ({column: cell for column, text in row.items() if (cell := clean(text))} for row in written)
    read = tuple(ListRow(number, row) for number, row in enumerate(cells, 2))
    return next((found.dataset for found in datasets(ListFile(read, "new", "utf-8"))), {})


def _complete(cells: Row) -> Row:
    return {column: cells.get(column, "") for column in NEW_COLUMNS}


def _dataset(dataset: Record) -> Row:
    contact, place = _first(dataset, "contact"), dataset.get("spatial_coverage")
    return {
        **{column: clean(dataset.get(name)) for column, name in _SAME.items()},
        **_identity(dataset),
        "データセット_キーワード": _joined(tag.get("name") for tag in _records(dataset.get("tags"))),
        "データセット_分類": _categories(dataset),
        "データセット_言語": _languages(dataset),
        "データセット_更新頻度": _frequency(dataset),
        "データセット_準拠する標準": _joined(_list(dataset, "conforms_to")),
        "データセット_関連ドキュメント": _joined(_list(dataset, "documentation")),
        "データセット_対象地域": _joined(area.get("text") for area in _records(place)),
        "データセット_対象期間": _period(_first(dataset, "temporal_coverage")),
        "データセット_作成者": clean(_first(dataset, "creator").get("name")),
        "データセット_連絡先名称": clean(contact.get("name")),
        "データセット_連絡先メールアドレス": clean(contact.get("email")),
        "データセット_連絡先FormURL": clean(contact.get("url")),
    }


def _identity(dataset: Record) -> Row:
    """Who publishes what: the identifier short where reading makes the same one of it, else whole."""
    organization = dataset.get("organization")
    body = clean(_first(dataset, "publisher").get("name"))
    if not body and isinstance(organization, Mapping):
        body = one_line(organization.get("title"))
    code = clean(dataset.get("orden_municipality"))
    identifier = one_line(dataset.get("identifier")) or one_line(dataset.get("name"))
    owner, _, short = identifier.removeprefix(URN).partition(":")
    if not code and owner.isdigit():
        code = owner
    if identifier.startswith(URN):
        read_as = urn(repair(code, body).value or code or key(body) or "unknown", unquote(short))
        identifier = unquote(short) if read_as == identifier else identifier
    return {"データセット_ID": identifier, "全国地方公共団体コード": code, "地方公共団体名": body}


def _categories(dataset: Record) -> str:
    """The provider's own wording as long as it says the dataset's themes."""
    themes, wording = _list(dataset, "theme"), clean(dataset.get("orden_category_text"))
    said = dict.fromkeys(found.iri for found in map(theme_for, split_list(wording)) if found)
    return wording if wording and list(said) == themes else _joined(written_categories(themes))


def _frequency(dataset: Record) -> str:
    frequency, wording = frequency_for(dataset.get("frequency")), one_line(dataset.get("orden_frequency_text"))
    if not frequency or (wording and frequency_for(wording) == frequency):
        return wording
    return frequency.label["ja"]


def _languages(record: Record) -> str:
    return _joined(found.tag if (found := language_for(iri)) else iri for iri in _list(record, "language"))


def _period(period: Record) -> str:
    start, end = clean(period.get("start")), clean(period.get("end"))
    return f"{start}/{end}" if start or end else ""


def _file(file: Record, dataset: Record) -> Row:
    url, access = clean(file.get("url")), clean(file.get("access_url"))
    return {
        **{column: clean(file.get(name)) for column, name in _SAME_OF_A_FILE.items()},
        "ファイル_ダウンロードURL": url if url != access else "",
        "ファイル_ライセンス": _licence(file, dataset) if url else "",
        "ファイル_ステータス": WRITTEN_STATUS.get(clean(file.get("status")), ""),
        "ファイル_関連ドキュメント": _joined(_list(file, "documentation")),
        "ファイル_言語": _languages(file),
        "ファイル_準拠する標準": _joined(_list(file, "conforms_to")),
        "ファイル_API対応有無": _API.get(clean(file.get("orden_api")), ""),
    }


def _licence(file: Record, dataset: Record) -> str:
    """The file's own licence, else the dataset's in the provider's wording where that says more than the licence."""
    own, shared = licence_for(file.get("license")), licence_for(dataset.get("license_id"))
    wording = one_line(dataset.get("orden_license_text"))
    if own and own != shared:
        return own.written
    fits = licence_for(wording) == shared or (shared and shared.id == "OTHER" and not licence_for(wording))
    if keeps_wording(wording) and (fits or not shared):
        return wording
    return shared.written if shared else ""


def _list(record: Record, name: str) -> list[str]:
    found = record.get(name)
    return [clean(item) for item in found if clean(item)] if isinstance(found, (list, tuple)) else []


def _records(found: Any) -> list[Record]:
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, (list, tuple)) else []


def _first(record: Record, name: str) -> Record:
    return next(iter(_records(record.get(name))), {})


def _joined(parts: Iterable[Any]) -> str:
    return ";".join(filter(None, map(clean, parts)))
