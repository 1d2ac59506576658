"""What a source writes and what people have edited, in one dataset: edits stay, all else follows the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import edit
from .content import files, same
from .edit import Edits

Dict = dict[str, Any]
_LASTING = ("private",)
"""Fields that a source need not name: what it has said last stays."""
_STATE = ("", "state")
"""A deletion, which no source takes over."""


def known_files(existing: Sequence[Mapping[str, Any]], edits: Edits) -> list[Dict]:
    """The files as the source knows them: edited ones as it gives them, those too that people took away."""
    kept = [{**file, **_theirs(file["id"], edits)} for file in existing]
    return [*kept, *({**one.theirs, "id": one.file} for one in edits.values() if one.did == "removed")]


def merged(theirs: Mapping[str, Any], existing: Mapping[str, Any], edits: Edits) -> Dict:
    """The dataset of the source, its files with their ids here, with what people have edited in it."""
    if not edits:
        return dict(theirs)
    here = files(existing)
    resources = [
        _merged(file, here.get(file.get("id"), {}), edits, file.get("id"))
        for file in theirs.get("resources") or ()
        if _did(file.get("id"), edits) != "removed"
    ]
    taken = {file.get("id") for file in resources}
    added = [file for file_id, file in here.items() if _did(file_id, edits) == "added" and file_id not in taken]
    return {**_merged(theirs, existing, edits), "resources": [*resources, *added]}


def restored(former: Mapping[str, Any], existing: Mapping[str, Any], edits: Edits) -> Dict:
    """A dataset as it was before a run, with what people have edited in it; its groups are none of a source's."""
    resources = [file for file in former.get("resources") or () if _did(file["id"], edits) != "added"]
    values = {name: value for name, value in former.items() if name != "groups"}
    return merged({**values, "resources": resources}, existing, edits)


def refresh(dataset_id: str, theirs: Mapping[str, Any], existing: Mapping[str, Any], edits: Edits) -> None:
    """Note what the source has by now where people have edited; an edit that it has taken over is none any more."""
    here, given = files(existing), {file["id"]: file for file in theirs.get("resources") or () if "id" in file}
    gone: list[edit.Key] = []
    for key, one in edits.items():
        if key == _STATE:
            continue
        if one.did == "added":
            gone += [key] if one.file in given else []
        elif one.file and one.file not in given:
            gone.append(key)
        elif one.did == "removed":
            edit.set_theirs(dataset_id, key, given[one.file])
        elif _takes(key, one, given.get(one.file, theirs), here.get(one.file, existing)):
            gone.append(key)
    edit.drop(dataset_id, gone)


def prune(dataset_id: str, written: Mapping[str, Any], edits: Edits) -> None:
    """Forget the edits of files that the dataset has no more."""
    here = files(written)
    edit.drop(dataset_id, [key for key, one in edits.items() if one.file not in ("", *here) and one.did != "removed"])


def _takes(key: edit.Key, one: edit.Edit, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    """Whether the source has what a person has written; notes a new value of the source where it has not."""
    value = theirs.get(one.field, one.theirs if one.field in _LASTING else None)
    if not same(one.field, value, one.theirs):
        edit.set_theirs(one.dataset_id, key, value)
    return same(one.field, value, ours.get(one.field))


def _merged(theirs: Mapping[str, Any], ours: Mapping[str, Any], edits: Edits, file_id: str | None = "") -> Dict:
    values = dict(theirs)
    for one in edits.values():
        if one.file != file_id or not one.field:
            continue
        if ours.get(one.field) not in (None, "", [], {}):
            values[one.field] = ours[one.field]
        elif one.field != "owner_org":
            values.pop(one.field, None)
    return values


def _theirs(file_id: str, edits: Edits) -> Dict:
    return {one.field: one.theirs for one in edits.values() if one.file == file_id and one.field}


def _did(file_id: str | None, edits: Edits) -> str:
    whole = edits.get((file_id or "", ""))
    return whole.did if whole else ""
