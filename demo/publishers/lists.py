"""オープンデータ一覧 of two cities: Toyonaka's in the old form, Sakai's in the new one."""

import csv
import io
from pathlib import Path

from ..content import DATA
from ..formats import FORMATS
from ..model import Dataset, Resource
from ..vocabulary import LICENCES
from .publication import Publication, numbers

TOYONAKA, SAKAI = "toyonaka-list", "sakai-list"
STANDARD = "自治体標準オープンデータセット"


def header(form: str) -> list[str]:
    """The columns of the `old` or the `new` form."""
    return (Path(DATA) / f"list_header_{form}.csv").read_text(encoding="utf-8").strip().split(",")


def toyonaka(publication: Publication) -> bytes:
    """The old form, 15 columns, as the office's spreadsheet saves it: CP932. Files of one dataset share its NO."""
    known = numbers(TOYONAKA)
    rows = [
        _old_row(dataset, file, known[dataset.name], publication)
        for dataset in publication.datasets(TOYONAKA)
        for file in dataset.resources
    ]
    return _csv("old", rows).encode("cp932")


def sakai(publication: Publication) -> bytes:
    """The new form, 45 columns, UTF-8 with a byte order mark."""
    known = numbers(SAKAI)
    rows = [
        _new_row(dataset, file, known[dataset.name], publication)
        for dataset in publication.datasets(SAKAI)
        for file in dataset.resources
    ]
    return _csv("new", rows).encode("utf-8-sig")


def _csv(form: str, rows: list[dict[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header(form))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _old_row(dataset: Dataset, file: Resource, number: int, publication: Publication) -> dict[str, str]:
    return {
        "都道府県コード又は市区町村コード": dataset.organization.code,
        "NO": str(number),
        "都道府県名": dataset.organization.prefecture,
        "市区町村名": dataset.organization.title,
        "データ名称": dataset.title,
        "データ概要": dataset.notes,
        "データ形式": FORMATS[file.format].label,
        "分類": dataset.kind.theme,
        "更新頻度": dataset.frequency,
        "URL": publication.url(file),
        "API対応有無": "無",
        "ライセンス": LICENCES[dataset.license][1],
        "登録日": _era(dataset.issued),
        "最終更新日": _era(file.modified),
        "備考": "サンプルデータ",
    }


def _new_row(dataset: Dataset, file: Resource, number: int, publication: Publication) -> dict[str, str]:
    body = dataset.organization
    site = f"https://www.{body.host}/opendata/"
    size = publication.size(file)
    first, last = _slashed(f"{dataset.year}-04-01"), _slashed(f"{dataset.year + 1}-03-31")
    whole = {
        "ID": f"{body.code}{number:04d}",
        "タイトル": dataset.title,
        "概要": dataset.notes,
        "キーワード": ";".join(dataset.tags),
        "分類": dataset.kind.theme,
        "公開日": _slashed(dataset.issued),
        "最終更新日": _slashed(dataset.modified),
        "言語": "ja",
        "URL": f"{site}{dataset.kind.name}.html",
        "更新頻度": dataset.frequency,
        "準拠する標準": STANDARD if dataset.kind.table else "",
        "対象地域": f"{body.prefecture}{body.title}",
        "対象期間": f"開始年月日/終了年月日 : {first}/{last}",
        "作成者": f"{body.title} {dataset.kind.dept}",
        "連絡先名称": f"{body.title} {dataset.kind.dept}",
        "連絡先メールアドレス": f"opendata@{body.host}",
        "連絡先電話番号": body.phone,
        "備考": "サンプルデータ",
    }
    part = {
        "ID": f"{body.code}{number:04d}-{dataset.resources.index(file) + 1}",
        "タイトル": file.title,
        "アクセスURL": f"{site}{dataset.kind.name}.html",
        "ダウンロードURL": publication.url(file),
        "説明": f"{file.year}年度のファイルです。",
        "形式": FORMATS[file.format].label.lower(),
        "ライセンス": LICENCES[dataset.license][1],
        "ステータス": "配信中",
        "サイズ": "" if size is None else str(size),
        "公開日": _slashed(dataset.issued),
        "最終更新日": _slashed(file.modified),
        "言語": "ja",
        "API対応有無": "無",
        "著作権表記": body.title,
    }
    row = {"全国地方公共団体コード": body.code, "地方公共団体名": body.title}
    row |= {f"データセット_{name}": text for name, text in whole.items()}
    return row | {f"ファイル_{name}": text for name, text in part.items()}


def _slashed(day: str) -> str:
    year, month, date = map(int, day.split("-"))
    return f"{year}/{month}/{date}"


def _era(day: str) -> str:
    year, month, date = map(int, day.split("-"))
    era, first = ("令和", 2018) if day >= "2019-05-01" else ("平成", 1988)
    number = "元" if year - first == 1 else str(year - first)
    return f"{era}{number}年{month}月{date}日"
