"""What a format could not hold: the difference between a dataset and what is read back from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from ...types import Issue, Text
from .. import fields
from ..facts import resources
from ..parsing.text import clean, key
from ..vocabularies import licence_for
from .ckan_keys import INTERNAL

Target = Literal["list", "cadde", "rdf"]
Record = Mapping[str, Any]
Found = tuple[str, str, Any, Any]
"""Where in the dataset, which field, its value before and after."""

_NAMES: dict[Target, Text] = {
    "list": {"ja": "オープンデータ一覧", "en": "The list of open data (オープンデータ一覧)"},
    "cadde": {"ja": "CADDE", "en": "CADDE"},
    "rdf": {"ja": "RDF", "en": "RDF"},
}
_LOST: Text = {
    "ja": "{target}にはこの項目を書くところがないため、値は渡りません。",
    "en": "{target} has no place for this field: its value is not handed on.",
}
_CHANGED: Text = {
    "ja": "{target}ではこの値をそのまま書けないため、「{after}」になります。",
    "en": "{target} cannot hold this value as it is: it becomes “{after}”.",
}
_OF_THE_SITE = frozenset({"name", "owner_org", "tag_string"})
"""Fields of a dataset that belong to this site, and the form's way to write tags."""
_SHOWN = 100


def losses(target: Target, before: Record, after: Record) -> tuple[Issue, ...]:
    """An Issue `lossy.<target>` for each value of `before` that `after` lacks or has otherwise.

    What `after` has beside is no loss.
    """
    return tuple(_issue(target, *found) for found in _differences(before, after))


def _differences(before: Record, after: Record) -> Iterator[Found]:
    yield from _records(_dataset(before), _dataset(after), "", "")
    there = [_resource(file, after) for file in resources(after)]
    for number, file in enumerate(resources(before), 1):
        ours = _resource(file, before)
        yield from _records(ours, _same(ours, there), "", f"resource {number}")


def _dataset(dataset: Record) -> dict[str, Any]:
    tags = [clean(tag.get("name")) for tag in dataset.get("tags") or () if isinstance(tag, Mapping)]
    pairs = [extra for extra in dataset.get("extras") or () if isinstance(extra, Mapping) and extra.get("key")]
    extras = {f"extras.{pair['key']}": pair.get("value") for pair in pairs if key(pair["key"]) not in INTERNAL}
    ours = {name: dataset.get(name) for name in fields.DATASET - _OF_THE_SITE}
    return _filled({**ours, "tags": tags, **extras})


def _resource(resource: Record, dataset: Record) -> dict[str, Any]:
    """What a file says, in one of the ways to say it: its licence may stand on the dataset, an address once."""
    ours = {name: resource.get(name) for name in fields.RESOURCE}
    licence = licence_for(ours["license"] or dataset.get("license_id"))
    ours["license"] = licence.id if licence else ours["license"]
    if ours["download_url"] == ours["url"]:
        del ours["download_url"]
    return _filled(ours)


def _filled(record: Record) -> dict[str, Any]:
    return {name: found for name, value in record.items() if (found := _value(value)) not in ("", [], {})}


def _value(value: Any) -> Any:
    """A value without what is empty in it; numbers as they are written."""
    if isinstance(value, Mapping):
        return _filled(value)
    if isinstance(value, (list, tuple)):
        return [found for item in value if (found := _value(item)) not in ("", [], {})]
    return "" if value is None else str(value)


def _same(resource: Record, there: list[dict[str, Any]]) -> Record:
    """The file with its address, else with its name."""
    for name in ("url", "name"):
        for file in there:
            if resource.get(name) and file.get(name) == resource[name]:
                return file
    return {}


def _records(before: Record, after: Record, path: str, where: str) -> Iterator[Found]:
    for name, value in sorted(before.items()):
        yield from _compared(value, after.get(name), path + name, where)


def _compared(before: Any, after: Any, path: str, where: str) -> Iterator[Found]:
    if isinstance(before, Mapping):
        yield from _records(before, after if isinstance(after, Mapping) else {}, f"{path}.", where)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, path, where)
    elif before != after:
        yield where, path, before, after


def _lists(before: list[Any], after: list[Any], path: str, where: str) -> Iterator[Found]:
    """Records by their place, terms in any order."""
    if any(isinstance(item, Mapping) for item in before):
        for number, item in enumerate(before):
            yield from _compared(item, after[number] if number < len(after) else None, path, where)
        return
    missing = [item for item in before if item not in after]
    if missing:
        yield where, path, missing, [item for item in after if item not in before]


def _issue(target: Target, where: str, name: str, before: Any, after: Any) -> Issue:
    words = {"after": _shown(after), "target": ""}
    message = {
        lang: text.format(**{**words, "target": _NAMES[target][lang]})
        for lang, text in (_CHANGED if words["after"] else _LOST).items()
    }
    return Issue(f"lossy.{target}", "info", name, message, {}, where, _shown(before))


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)[:_SHOWN]
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
    return text[:_SHOWN]
