"""From オープンデータ一覧 to datasets: rows of one file each, grouped by the list's own identifier."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from ..names import dataset_name
from ..parsing.codes import repair
from ..parsing.list_columns import Generation
from ..parsing.open_data_list import ListFile, ListRow
from ..parsing.text import fold, key, one_line
from . import Mapped
from .draft import Draft
from .list_new import new_dataset
from .list_old import old_dataset

URN = "urn:orden:list:"
_BUILDERS = {"new": new_dataset, "old": old_dataset}
_IDENTITY: dict[Generation, tuple[str, str, str, str]] = {
    "new": ("全国地方公共団体コード", "地方公共団体名", "データセット_ID", "データセット_タイトル"),
    "old": ("都道府県コード又は市区町村コード", "市区町村名", "NO", "データ名称"),
}


@dataclass
class _Group:
    """The rows of one dataset and the body that publishes it."""

    guid: str
    identifier: str
    code: str
    body: str
    draft: Draft
    rows: list[ListRow] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """A dataset of a list, the identifier that the list itself uses, its first line and the line of each file."""

    mapped: Mapped
    written_id: str
    line: int
    file_lines: tuple[int, ...]


def datasets(list_file: ListFile) -> list[Mapped]:
    """All datasets of a list in its order; the list's own issues stay with the list."""
    return [found.mapped for found in listed(list_file, strict=False)]


def listed(list_file: ListFile, *, strict: bool = True) -> list[Listed]:
    """The same with their lines; what cannot be read is kept when `strict`, for the schema to refuse."""
    return [_listed(group, list_file.generation) for group in _groups(list_file, strict)]


def together(list_file: ListFile) -> dict[int, list[ListRow]]:
    """By line the rows of the same dataset, also of one that was left out: a dataset is mended as a whole."""
    found: dict[tuple[str, str], list[ListRow]] = {}
    for row in sorted((*list_file.rows, *list_file.left_out), key=lambda row: row.number):
        guid = _identify(row, list_file.generation, strict=True).guid
        found.setdefault((guid, key(row.get("データ名称"))), []).append(row)
    return {row.number: rows for rows in found.values() for row in rows}


def _groups(list_file: ListFile, strict: bool) -> Iterator[_Group]:
    groups: dict[str, _Group] = {}
    for row in list_file.rows:
        found = _identify(row, list_file.generation, strict)
        guid = found.guid
        if list_file.generation == "old" and guid in groups and not _same_title(groups[guid].rows[0], row):
            # Numbers restart or repeat in real lists; two titles are two datasets.
            found.draft.report("record.identifier_shared", "identifier", row.get("NO"))
            found.guid = found.identifier = f"{guid}:{_short_hash(row.get('データ名称'))}"
        groups.setdefault(found.guid, found).rows.append(row)
    yield from groups.values()


def _identify(row: ListRow, generation: Generation, strict: bool) -> _Group:
    """A dataset's URN: the body's code and the list's identifier, independent of host and file name.

    An identifier that is an address or a URN already is the dataset's own.
    """
    code_column, body_column, id_column, title_column = _IDENTITY[generation]
    draft = Draft(f"line {row.number}", strict)
    prefecture = row.get("都道府県名")
    body = one_line(row.get(body_column)) or one_line(prefecture)
    found = repair(row.get(code_column), body, prefecture, draft.where)
    if found.value or not strict:
        draft.issues += found.issues
    else:
        draft.put("orden_municipality", one_line(row.get(code_column)))
    identifier = one_line(row.get(id_column))
    if not identifier:
        draft.report("record.no_identifier", "identifier", row.get(title_column))
        identifier = f"title:{_short_hash(row.get(title_column))}"
    code = found.value or ""
    owner = code or fold(row.get(code_column)) or key(body) or "unknown"
    guid = identifier if identifier.startswith(URN) else urn(owner, identifier)
    named = "://" in identifier or identifier.startswith("urn:")
    return _Group(guid, identifier if named else guid, code, body, draft)


def urn(owner: str, identifier: str) -> str:
    """The URN of a list's identifier at its body."""
    return f"{URN}{quote(owner, safe='')}:{quote(fold(identifier), safe=':.')}"


def _same_title(one: ListRow, other: ListRow) -> bool:
    return key(one.get("データ名称")) == key(other.get("データ名称"))


def _short_hash(text: str) -> str:
    return hashlib.sha256(key(text).encode()).hexdigest()[:8]


def _listed(group: _Group, generation: Generation) -> Listed:
    first = group.rows[0]
    written_id = one_line(first.get(_IDENTITY[generation][2]))
    return Listed(_mapped(group, generation), written_id, first.number, tuple(group.draft.file_lines))


def _mapped(group: _Group, generation: Generation) -> Mapped:
    draft = group.draft
    _BUILDERS[generation](draft, group.rows)
    draft.put("publisher", [{"name": group.body}] if group.body else [])
    draft.put("orden_municipality", group.code)
    draft.put("identifier", group.identifier)
    return Mapped(group.guid, draft.values, tuple(draft.issues), _organization(group))


def _organization(group: _Group) -> dict[str, str] | None:
    if not group.body and not group.code:
        return None
    return {
        "name": group.code or dataset_name("org", group.body),
        "title": group.body,
        "orden_org_kind": "public",
        "orden_municipality": group.code,
    }
