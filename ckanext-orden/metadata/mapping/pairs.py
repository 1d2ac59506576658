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

    With `by_name` a file at a new address is the one of the same name and format that is left.
    """

    def address(file: Record) -> str:
        return portable(file.get("url") or "", site)

    wanted = list(files)
    found = _matches(wanted, existing, address)
    if by_name:
        places = [place for place, match in enumerate(found) if match is None]
        taken = {id(match) for match in found}
        left = [file for file in existing if id(file) not in taken]
        for place, match in zip(places, _matches([wanted[place] for place in places], left, _name), strict=True):
            found[place] = match
    return list(zip(wanted, found, strict=True))


def _matches(wanted: Iterable[Record], existing: Iterable[Record], key: Key) -> list[Record | None]:
    known: dict[Hashable, list[Record]] = {}
    for file in existing:
        known.setdefault(key(file), []).append(file)
    candidates = (known.get(key(file)) for file in wanted)
    return [found.pop(0) if found else None for found in candidates]


def _name(file: Record) -> tuple[str, str]:
    return file.get("name") or "", file.get("format") or ""
