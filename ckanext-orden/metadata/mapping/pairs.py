"""Which file of a record is which file that the catalogue has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from ..addresses import portable

Record = Mapping[str, Any]
Key = Callable[[Record], Hashable]


def pair(
    files: Iterable[Record], existing: Sequence[Record], site: str, *, by_name: bool = False
) -> list[tuple[Record, Record | None]]:
    """Each file with the existing one at the same address, else None.

    With `by_name` a file at a new address is the one of the same id at its provider, else of the same name and format;
    an uploaded file is known by its address only.
    """

    def address(file: Record) -> str:
        return portable(file.get("url") or "", site)

    wanted = list(files)
    found: list[Record | None] = [None] * len(wanted)
    _fill(found, wanted, existing, address)
    if by_name:
        linked = [file for file in existing if file.get("url_type") != "upload"]
        for key in (_id, _name):
            _fill(found, wanted, linked, key)
    return list(zip(wanted, found, strict=True))


def _fill(found: list[Record | None], wanted: Sequence[Record], existing: Iterable[Record], key: Key) -> None:
    """Find more pairs by a key among those that are alone so far."""
    taken = {id(match) for match in found}
    known: dict[Hashable, list[Record]] = {}
    for file in existing:
        if id(file) not in taken:
            known.setdefault(key(file), []).append(file)
    for place, file in enumerate(wanted):
        candidates = known.get(key(file)) if found[place] is None else None
        if candidates:
            found[place] = candidates.pop(0)


def _id(file: Record) -> Hashable:
    return file.get("orden_file_id") or id(file)


def _name(file: Record) -> Hashable:
    return (file["name"], file.get("format") or "") if file.get("name") else id(file)
