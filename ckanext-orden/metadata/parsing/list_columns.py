"""The columns of オープンデータ一覧, both generations, and how real headers spell them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from .text import key

Generation = Literal["old", "new"]

_DATASET = (
    "タイトル サブタイトル 概要 キーワード 分類 ユニバーサルメニュー 公開日 最終更新日 バージョン 言語 URL 更新頻度 "
    "準拠する標準 関連ドキュメント 来歴情報 対象地域 対象期間 作成者 連絡先名称 連絡先メールアドレス 連絡先電話番号 "
    "連絡先内線番号 連絡先FormURL 連絡先備考（その他、SNSなど） 備考"
)
_FILE = (
    "ID タイトル アクセスURL ダウンロードURL 説明 形式 ライセンス ステータス サイズ 公開日 最終更新日 利用規約 "
    "関連ドキュメント 言語 準拠する標準 API対応有無 著作権表記"
)
NEW_COLUMNS = (
    "データセット_ID",
    "全国地方公共団体コード",
    "地方公共団体名",
    *(f"データセット_{name}" for name in _DATASET.split()),
    *(f"ファイル_{name}" for name in _FILE.split()),
)
OLD_COLUMNS = (
    "都道府県コード又は市区町村コード",
    "NO",
    "都道府県名",
    "市区町村名",
    "データ名称",
    "データ概要",
    "データ形式",
    "分類",
    "更新頻度",
    "URL",
    "API対応有無",
    "ライセンス",
    "登録日",
    "最終更新日",
    "備考",
)
COLUMNS: dict[Generation, tuple[str, ...]] = {"new": NEW_COLUMNS, "old": OLD_COLUMNS}
REQUIRED: dict[Generation, str] = {"new": "データセット_タイトル", "old": "データ名称"}
"""The column without which a row says nothing."""
TO_MEND = "直すところ"
"""A column that we add to rows which we hand back; it says nothing about a dataset."""

_ALIASES: dict[Generation, dict[str, tuple[str, ...]]] = {
    "new": {
        "全国地方公共団体コード": ("都道府県コード又は市区町村コード", "localgov_code"),
        "データセット_タイトル": ("データセット名",),
        "データセット_連絡先備考（その他、SNSなど）": ("データセット_連絡先備考",),
        "ファイル_タイトル": ("ファイル名",),
    },
    "old": {
        "都道府県コード又は市区町村コード": ("都道府県コードまたは市区町村コード", "全国地方公共団体コード", "code"),
        "NO": ("No", "Ｎｏ．", "番号", "#property"),
        "都道府県名": ("prefName",),
        "市区町村名": ("cityName",),
        "データ名称": ("データ名", "dataName"),
        "データ概要": ("データの概要", "概要", "description"),
        "データ形式": ("ファイル形式", "format"),
        "分類": ("category",),
        "更新頻度": ("frequency",),
        "API対応有無": ("API対応", "apiSupport"),
        "ライセンス": ("利用ルール", "license"),
        "登録日": ("公開日",),
        "備考": ("note",),
    },
}
_MARKS = re.compile(r"[◎○●〇◯※*＊#.]")
_ENOUGH = 3


@dataclass(frozen=True)
class Header:
    """A header row: its generation and the known column of each cell, empty where the column is not ours."""

    generation: Generation
    columns: tuple[str, ...]

    @property
    def known(self) -> int:
        return sum(bool(column) for column in self.columns)

    def repeats(self, cells: Sequence[str]) -> bool:
        """Whether a row below is a header again: its title is the name of a column."""
        place = self.columns.index(REQUIRED[self.generation])
        return len(cells) > place and column_key(cells[place]) in _names(self.generation) and bool(header_of(cells))


def header_of(cells: Sequence[str]) -> Header | None:
    """The header that a row is, None for any other row."""
    found = [_match(cells, generation) for generation in COLUMNS]
    usable = [header for header in found if REQUIRED[header.generation] in header.columns and header.known > _ENOUGH]
    return max(usable, key=lambda header: header.known, default=None)


def column_key(text: str) -> str:
    """A header's comparison key: marks such as ◎ do not count."""
    return key(_MARKS.sub("", text))


def _match(cells: Sequence[str], generation: Generation) -> Header:
    names = _names(generation)
    columns: list[str] = []
    for cell in cells:
        column = names.get(column_key(cell), "")
        columns.append("" if column in columns else column)
    return Header(generation, tuple(columns))


@cache
def _names(generation: Generation) -> dict[str, str]:
    aliases = _ALIASES[generation]
    return {column_key(name): column for column in COLUMNS[generation] for name in (column, *aliases.get(column, ()))}
