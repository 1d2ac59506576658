"""What of a dataset a person can edit, and which edits lie between two states of it. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...metadata.hashing import fingerprint
from ..operations.former import DERIVED
from .edit import Edit, Key

Dataset = Mapping[str, Any]
File = Mapping[str, Any]

_OF_CKAN = DERIVED | {
    *("id", "name", "type", "creator_user_id", "groups", "resources", "license_title", "license_url", "isopen"),
    *("plugin_data", "relationships_as_object", "relationships_as_subject", "tracking_summary"),
    *("harvest_object_id", "harvest_source_id", "harvest_source_title"),
}
"""What no source writes: a harvest leaves it as it is."""
_OF_CKAN_FILES = frozenset(
    {
        *("id", "package_id", "position", "state", "created", "last_modified", "metadata_modified"),
        *("cache_url", "cache_last_updated", "datastore_active", "datastore_contains_all_records_of_source_file"),
        *("has_views", "on_same_domain", "tracking_summary", "upload", "clear_upload"),
    }
)


@dataclass
class Changes:
    """What a person's change does to the edits of a dataset: `put` has `did` and what the source has there."""

    put: dict[Key, tuple[str, Any]] = field(default_factory=dict)
    drop: list[Key] = field(default_factory=list)


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same; a missing one, an empty one and one of blanks do."""
    return fingerprint({name: _plain(name, one)}) == fingerprint({name: _plain(name, other)})


def files(dataset: Dataset) -> dict[str, File]:
    """The files of a stored dataset by id."""
    return {file["id"]: file for file in dataset.get("resources") or ()}


def changes(before: Dataset, after: Dataset, known: Mapping[Key, Edit]) -> Changes:
    """The edits that lie between two states of a dataset, whose edits so far are `known`."""
    found = Changes()
    _compare(found, "", _editable(before, _OF_CKAN), _editable(after, _OF_CKAN), known)
    old, new = files(before), files(after)
    for file_id in old.keys() - new.keys():
        _remove(found, file_id, old[file_id], known)
    for file_id, file in new.items():
        whole = known.get((file_id, ""))
        if file_id in old and not whole:
            _compare_files(found, file_id, old[file_id], file, known)
        elif file_id not in old and whole:
            found.drop.append((file_id, ""))
            _compare_files(found, file_id, whole.theirs, file, known)
        elif file_id not in old:
            found.put[(file_id, "")] = ("added", None)
    return found


def _compare_files(found: Changes, file_id: str, old: File, new: File, known: Mapping[Key, Edit]) -> None:
    _compare(found, file_id, _editable(old, _OF_CKAN_FILES), _editable(new, _OF_CKAN_FILES), known)


def _compare(found: Changes, file_id: str, old: Dataset, new: Dataset, known: Mapping[Key, Edit]) -> None:
    for name in sorted(old.keys() | new.keys()):
        ours = new.get(name)
        # CKAN takes the owner away where an organisation is deleted, which says nothing about the dataset.
        if same(name, old.get(name), ours) or (name == "owner_org" and not ours):
            continue
        edit = known.get((file_id, name))
        theirs = edit.theirs if edit else old.get(name)
        if same(name, theirs, ours):
            found.drop.append((file_id, name))
        else:
            found.put[(file_id, name)] = ("changed", theirs)


def _remove(found: Changes, file_id: str, file: File, known: Mapping[Key, Edit]) -> None:
    """A file was taken away: kept as its source gives it, or forgotten where a person had added it."""
    edits = {name: edit for (of, name), edit in known.items() if of == file_id}
    found.drop.extend((file_id, name) for name in edits)
    if "" not in edits:
        theirs = {**file, **{name: edit.theirs for name, edit in edits.items()}}
        found.put[(file_id, "")] = ("removed", theirs)


def _editable(values: Dataset, without: frozenset[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in without}


def _plain(name: str, value: Any) -> Any:
    if name == "tags":
        return sorted({tag["name"] for tag in value or ()})
    if name == "extras":
        return {extra["key"]: _simple(extra["value"]) for extra in value or () if not _is_mark(extra["key"])}
    return _simple(value)


def _simple(value: Any) -> Any:
    """Values as texts, for forms give numbers as texts, and lines that end as browsers send them."""
    if isinstance(value, Mapping):
        return {key: _simple(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_simple(item) for item in value]
    return None if value is None else str(value).replace("\r\n", "\n").strip()


def _is_mark(key: str) -> bool:
    return key.startswith("harvest_")
