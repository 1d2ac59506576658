"""How much of the real captures is read without loss: `python -m tests.metadata.captures` prints a table per file.

A record is read with loss when an issue says that a value was left out, a row of a table when a character is lost.
`normalised` counts values that are stored, or handed back corrected, in another form than they were written in (a term,
a date, a code); what fits no term is kept as written and reported.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.mapping import Mapped, ckan_package, list_row, open_data_list
from ckanext.orden.metadata.mapping.draft import filled, written_categories
from ckanext.orden.metadata.parsing.open_data_list import read
from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.metadata.parsing.text import clean, key
from ckanext.orden.metadata.tables.examine import Context, examine
from ckanext.orden.metadata.tables.headers import is_data

FEEDS = Path(__file__).parents[2].parent / "shared" / "feeds"
LOSING = {
    "date.unknown",
    "language.unknown",
    "mail.unusable",
    "resource.dropped",
    "resource.repeated",
    "size.unknown",
    "tag.changed",
    "tag.dropped",
    "value.unknown",
}
"""Codes of issues about a value that no field could take as it was."""
TABLES = ("standard_csv", "nonstandard_csv", "templates_legacy", "broken")
OLD_AS_NEW = {
    "データ名称": "データセット_タイトル",
    "データ概要": "データセット_概要",
    "データ形式": "ファイル_形式",
    "分類": "データセット_分類",
    "更新頻度": "データセット_更新頻度",
    "API対応有無": "ファイル_API対応有無",
    "ライセンス": "ファイル_ライセンス",
    "登録日": "データセット_公開日",
    "最終更新日": "ファイル_最終更新日",
    "備考": "データセット_備考",
    "都道府県コード又は市区町村コード": "全国地方公共団体コード",
    "市区町村名": "地方公共団体名",
}


@dataclass
class Figures:
    """What became of one file."""

    name: str
    records: int = 0
    whole: int = 0
    normalised: int = 0
    issues: Counter[str] = field(default_factory=Counter)
    refused: str = ""
    standard: str = ""

    @property
    def share(self) -> float:
        return self.whole / self.records if self.records else 0.0

    def take(self, found: Mapped, normalised: int) -> None:
        codes = [issue.code for issue in found.issues]
        self.records += 1
        self.whole += not any(code in LOSING or code.startswith("url.") for code in codes)
        self.normalised += normalised
        self.issues.update(codes)


def figures() -> Iterator[Figures]:
    """The figures of each file, in order."""
    for path in sorted((FEEDS / "open_data_list").iterdir()):
        yield _list(path)
    for path in sorted((FEEDS / "cadde").glob("*.json")):
        yield _cadde(path)
    for path in sorted((FEEDS / "ckan_api").iterdir()):
        if path.suffix in (".json", ".jsonl", ".yml"):
            yield _ckan(path)


def table_figures() -> Iterator[Figures]:
    """The figures of each table of data, in order."""
    for folder in TABLES:
        for path in sorted((FEEDS / folder).iterdir()):
            if path.suffix.lower() in (".csv", ".xlsx"):
                yield _table(path)


def _list(path: Path) -> Figures:
    made = Figures(f"open_data_list/{path.name}")
    try:
        list_file = read(path.read_bytes())
    except SourceError as error:
        made.refused = str(error)
        return made
    by_title: dict[str, list[Mapping[str, str]]] = {}
    for row in list_file.rows:
        cells = row.cells
        if list_file.generation == "old":
            cells = {OLD_AS_NEW[column]: cell for column, cell in cells.items() if column in OLD_AS_NEW}
        by_title.setdefault(key(cells["データセット_タイトル"]), []).append(cells)
    for found in open_data_list.datasets(list_file):
        written = list_row.rows(found.dataset).rows
        originals = by_title[key(found.dataset["title"])]
        changed = sum(_changed(before, after) for before, after in zip(originals, written, strict=False))
        made.take(found, changed)
    return made


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    """Cells that say the same in another form."""
    return sum(bool(filled(cell)) and filled(cell) != clean(after.get(column)) for column, cell in before.items())


def _ckan(path: Path) -> Figures:
    made = Figures(f"ckan_api/{path.name}")
    for remote in packages(path):
        found = ckan_package.dataset(remote)
        made.take(found, _normalised(remote, found.dataset))
    return made


def packages(path: Path) -> Iterator[dict[str, Any]]:
    """The package dicts of a file, whatever container they are in."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        parts: Any = [json.loads(line) for line in text.splitlines() if line]
    else:
        parts = list(yaml.safe_load_all(text)) if path.suffix == ".yml" else json.loads(text)
    for part in parts if isinstance(parts, list) else [parts]:
        yield part.get("result", part)


def _normalised(remote: Mapping[str, Any], dataset: Mapping[str, Any]) -> int:
    """Licence, formats, addresses and dates that are stored in another form."""
    pairs = [(remote.get("license_id"), dataset.get("license_id"))]
    for file, ours in zip(remote.get("resources") or (), dataset["resources"], strict=False):
        pairs += [(file.get("format"), ours.get("format")), (file.get("url"), ours.get("url"))]
        pairs += [(file.get("last_modified"), ours.get("modified"))]
    named = (extra.get("value") for extra in remote.get("extras") or () if isinstance(extra, Mapping))
    kept = json.dumps(dataset, ensure_ascii=False)
    return sum(bool(filled(said)) and clean(said) != clean(ours) for said, ours in pairs) + sum(
        bool(filled(value)) and json.dumps(clean(value), ensure_ascii=False)[1:-1] not in kept for value in named
    )


def _table(path: Path) -> Figures:
    made = Figures(f"{path.parent.name}/{path.name}")
    data = path.read_bytes()
    try:
        whole = sum("\ufffd" not in "".join(row.cells) for row in open_table(data).rows() if is_data(row))
    except SourceError as error:
        made.refused = str(error)
        return made
    found = examine(data, Context(path.name))
    made.records, made.normalised, made.standard = found.rows, found.mended, found.as_dict()["standard"]
    made.whole = min(whole, found.rows)
    for issue in found.report.issues:
        made.issues[issue.code] += 1
    return made


def _cadde(path: Path) -> Figures:
    """CADDE's samples are code lists and a template: each entry is one record, whole where nothing of it is lost."""
    made = Figures(f"cadde/{path.name}")
    for word in _words(path):
        made.records += 1
        if path.name == "template_default.json":
            made.whole += _known_item(word)
            made.issues["no item of CADDE 4.0"] += not _known_item(word)
            continue
        language, tag = path.name == "languageList.json", path.name == "tagList.json"
        field = "tags" if tag else "extras"
        value = [{"name": word}] if tag else [{"key": "language" if language else "theme", "value": word}]
        found = ckan_package.dataset({"id": "1", "title": "題", "resources": [], field: value})
        made.whole += (
            bool(found.dataset.get("language"))
            if language
            else word
            in json.dumps(
                [found.dataset.get("tags"), found.dataset.get("orden_category_text"), _labels(found)],
                ensure_ascii=False,
            )
        )
        made.normalised += bool(found.dataset.get("theme") or found.dataset.get("language"))
        made.issues.update(issue.code for issue in found.issues)
    made.issues = +made.issues
    return made


def _labels(found: Mapped) -> list[str]:
    return written_categories(found.dataset.get("theme", []))


def _words(path: Path) -> Iterable[str]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if path.name == "template_default.json":
        shown = content["catalog_display"]
        return [item for block in ("datasetinfo", "datasetoptionalinfo", "userterms") for item in shown[block]]
    if path.name in ("config_tool.json", "providerList.json"):
        return ()  # settings of the tool, no metadata
    return [entry if isinstance(entry, str) else entry["label"] for entry in content]


def _known_item(name: str) -> bool:
    """Whether an item of a dataset is read, by what its value becomes."""
    values: dict[str, Any] = {"tags": [{"name": "防災"}]}
    extras = [{"key": name, "value": SAMPLES.get(name, "https://x.example/")}]
    said = {"title": "題", "id": "1", "resources": [], "extras": extras}
    if name in ("tags", "url", "license_title", "license_url"):
        said |= {"extras": [], name: values.get(name, "https://creativecommons.org/licenses/by/4.0/")}
    found = ckan_package.dataset(said).dataset
    return "extras" not in found and found.keys() > {"title", "identifier", "resources"}


SAMPLES = {
    "access_rights": "公開",
    "access_rights_url": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
    "fee": "有償",
    "frequency": "毎年",
    "language": "ja",
    "privacy_policy_contains_personal_data": "非個人情報",
    "spatial": '{"type": "Point", "coordinates": [135, 34]}',
    "temporal": "2026-04-01/2027-03-31",
    "theme": "国際",
    "trading_policy_contract_type": "譲渡",
    "trading_policy_nda": "求める",
}


def main() -> None:
    print(f"{'file':58} {'records':>7} {'without loss':>12} {'normalised':>10}  reported")
    for made in (*figures(), *table_figures()):
        if made.refused:
            print(f"{made.name:58} refused: {made.refused}")
            continue
        said = ", ".join(f"{code} {count}" for code, count in sorted(made.issues.items()))
        said = f"{made.standard}: {said}" if made.standard else said
        print(f"{made.name:58} {made.records:7} {made.share:12.1%} {made.normalised:10}  {said}")


if __name__ == "__main__":
    sys.exit(main())
