"""What a source says and our schema would refuse is left out and reported, so that it costs nobody the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...types import Issue
from ..addresses import problem
from ..fields import ADDRESSES, RESOURCE_ADDRESSES
from ..parsing.measures import duration, positive_number
from .draft import mail_of
from .issues import issue

Dict = dict[str, Any]
_PEOPLE = ("contact", "publisher", "creator")
_MEASURES: dict[str, Callable[[object], str]] = {
    "temporal_resolution": duration,
    "spatial_resolution_in_meters": positive_number,
}


def keep(dataset: Dict) -> list[Issue]:
    """Takes unusable addresses, mail addresses and measures out of a dataset; what they were."""
    found = [*_clean(dataset, ADDRESSES, ""), *_people(dataset)]
    for number, file in enumerate(dataset.get("resources") or (), 1):
        found += _clean(file, RESOURCE_ADDRESSES - {"url"}, f"resource {number}")
    return found


def _clean(record: Dict, addresses: frozenset[str], where: str) -> Iterator[Issue]:
    for name in sorted(addresses & record.keys()):
        fault = problem(str(record[name]), name, where)
        if fault:
            del record[name]
            yield Issue(fault.code, "warning", name, fault.message, fault.hint, where, fault.value)
    for name, read in _MEASURES.items():
        if name in record and not read(record[name]):
            yield issue("value.unknown", name, record.pop(name), where)
    if "documentation" in record:
        yield from _links(record, where)


def _links(record: Dict, where: str) -> Iterator[Issue]:
    usable = [link for link in record["documentation"] if not problem(link)]
    for link in record["documentation"]:
        if link not in usable:
            yield issue("value.unknown", "documentation", link, where)
    record["documentation"] = usable


def _people(dataset: Dict) -> Iterator[Issue]:
    for name in _PEOPLE:
        for agent in dataset.get(name) or ():
            if agent.get("email") and not mail_of(agent["email"]):
                yield issue("mail.unusable", name, agent.pop("email"))
            if agent.get("url") and problem(agent["url"]):
                yield issue("value.unknown", name, agent.pop("url"))
