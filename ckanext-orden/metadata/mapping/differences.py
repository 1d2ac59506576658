"""What a list changes in a dataset that is there: the merged record, and each field before and after.

A list says something about the columns it has. What it does not say stays as it is, down to the second contact and the
outline of a place; files follow the list, but an uploaded one is never taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .. import fields
from ..addresses import portable
from ..hashing import UNORDERED
from ..parsing.text import clean
from .pairs import pair

Record = Mapping[str, Any]

_TOGETHER = (
    ("license_id", "orden_license_text"),
    ("frequency", "orden_frequency_text"),
    ("theme", "orden_category_text"),
)
_TOGETHER_IN_A_FILE = (("format", "mimetype"), ("url", "access_url"))
"""Fields that stand in one cell: where the list names one of them, the others are said too."""
_ONE_IN_A_LIST = frozenset({"contact", "publisher", "creator", "temporal_coverage"})
"""Records of which a list has room for the first only; the stored others stay."""
_IN_A_LIST = frozenset({"name", "email", "url", "text", "start", "end"})
"""The keys of such records that a list has columns for."""
_COMPARED = fields.DATASET | {"tags"}


@dataclass(frozen=True)
class Taking:
    """How a list is taken: the site's address, the fields that empty cells empty, whether it may take files away."""

    site: str
    emptied: frozenset[str] = frozenset()
    emptied_in_a_file: frozenset[str] = frozenset()
    removes_files: bool = True


@dataclass(frozen=True)
class Change:
    """One field before and after; `file` names the file it belongs to. A file that comes or goes is `resources`."""

    field: str
    before: Any
    after: Any
    file: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def merged(wanted: Record, stored: Record, how: Taking) -> dict[str, Any]:
    """The stored dataset with what the list says; every value that means the same stays as it is stored."""
    said = _said(_with_licences(wanted), _TOGETHER, how.emptied)
    if stored.get("identifier"):
        said.pop("identifier", None)
    result = _updated(said, stored, how)
    result["resources"] = _files(_list(said.get("resources")), _list(stored.get("resources")), how)
    return result


def changes(before: Record, after: Record, site: str) -> tuple[Change, ...]:
    """Every field that means something else afterwards, the files' fields behind the dataset's."""
    names = [name for name in sorted(_COMPARED) if not _same(name, before.get(name), after.get(name), site)]
    own = (Change(name, before.get(name), after.get(name)) for name in names)
    return (*own, *_changed_files(_list(before.get("resources")), _list(after.get("resources")), site))


def _said(wanted: Record, together: Iterable[Sequence[str]], emptied: Collection[str]) -> dict[str, Any]:
    companions = {name for group in together if any(name in wanted for name in group) for name in group}
    return {**{name: _nothing(name) for name in {*companions, *emptied}}, **wanted}


def _with_licences(wanted: Record) -> Record:
    """A licence of all files is the dataset's and none of its files'; different ones are the files' alone."""
    files = _list(wanted.get("resources"))
    if "license_id" in wanted:
        return {**wanted, "resources": [{"license": "", **file} for file in files]}
    return {**wanted, "license_id": ""} if any("license" in file for file in files) else wanted


def _nothing(name: str) -> Any:
    return [] if name in fields.LISTS or name in fields.SUBFIELDS or name == "tags" else ""


def _updated(said: Record, stored: Record, how: Taking) -> dict[str, Any]:
    result = dict(stored)
    for name, value in said.items():
        after = _records(name, value, stored.get(name), how) if name in fields.SUBFIELDS and value else value
        if name != "resources" and not _same(name, stored.get(name), after, how.site):
            result[name] = after
    return result


def _records(name: str, value: Any, stored: Any, how: Taking) -> list[Record]:
    """The listed records, each with what only the form knows about it."""
    known = _list(stored)
    listed = [_record(item, known[:1] if name in _ONE_IN_A_LIST else known, name in how.emptied) for item in value]
    return [*listed, *known[1:]] if name in _ONE_IN_A_LIST else listed


def _record(item: Record, known: Iterable[Record], emptied: bool) -> Record:
    partner = next((old for old in known if any(old.get(key) == value for key, value in item.items())), {})
    return {**{key: value for key, value in partner.items() if not (emptied and key in _IN_A_LIST)}, **item}


def _files(wanted: Sequence[Record], stored: Sequence[Record], how: Taking) -> list[dict[str, Any]]:
    """The stored files in their order, then the new ones; a list without any file says nothing about files."""
    if not wanted:
        return [dict(file) for file in stored]
    pairs = pair(wanted, stored, how.site, by_name=True)
    listed = {id(old): new for new, old in pairs}
    kept = (file for file in stored if id(file) in listed or not how.removes_files or _is_upload(file))
    there = (_file(listed[id(old)], old, how) if id(old) in listed else dict(old) for old in kept)
    return [*there, *(dict(new) for new, old in pairs if old is None)]


def _file(wanted: Record, stored: Record, how: Taking) -> dict[str, Any]:
    return _updated(_said(wanted, _TOGETHER_IN_A_FILE, how.emptied_in_a_file), stored, how)


def _is_upload(file: Record) -> bool:
    return file.get("url_type") == "upload"


def _changed_files(before: Sequence[Record], after: Sequence[Record], site: str) -> Iterator[Change]:
    known = {file["id"]: file for file in before if file.get("id")}
    for file in after:
        old = known.pop(file.get("id", ""), None)
        if old is None:
            yield Change("resources", None, _address(file), _title(file))
            continue
        for name in sorted(fields.RESOURCE):
            if not _same(name, old.get(name), file.get(name), site):
                yield Change(name, old.get(name), file.get(name), _title(old))
    for file in known.values():
        yield Change("resources", _address(file), None, _title(file))


def _title(file: Record) -> str:
    return str(file.get("name") or file.get("url") or "")


def _address(file: Record) -> str:
    return " ".join(filter(None, (str(file.get("format") or ""), str(file.get("url") or ""))))


def _same(name: str, one: Any, other: Any, site: str) -> bool:
    return _canonical(name, one, site) == _canonical(name, other, site)


def _canonical(name: str, value: Any, site: str) -> Any:
    """A value without what makes no difference: order of sets, line ends, the site's own host, kinds of nothing."""
    if isinstance(value, Mapping):
        if name == "tags":
            return clean(value.get("name"))
        pairs = ((key, _canonical(key, item, site)) for key, item in sorted(value.items()))
        return {key: item for key, item in pairs if item} or ""
    if isinstance(value, (list, tuple)):
        items = [found for item in value if (found := _canonical(name, item, site))]
        return (sorted(items) if name in UNORDERED else items) or ""
    return portable(clean(value), site)


def _list(value: Any) -> Sequence[Record]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, (list, tuple)) else []
