"""From a row of オープンデータ一覧 to a resource."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..parsing.open_data_list import ListRow
from ..parsing.text import one_line, split_list
from ..vocabularies import licence_for
from .draft import Draft, filled


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
