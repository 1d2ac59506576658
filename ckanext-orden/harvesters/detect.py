"""Which of our source types reads an address, told by what is answered there and never by how the address looks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, zip_longest
from typing import Any, ClassVar, Protocol

from ..errors import NoPage, SourceError
from ..fetching import fetch
from ..metadata.addresses import without_query
from . import stock
from .protocol import PAGE_LIMITS
from .recognition import Answer, Recognised
from .texts import source_text

MOST_TRIES = 30
SECONDS = 60.0
"""A person waits for the answer; what was found by then is told."""
LIMITS = replace(PAGE_LIMITS, read=15, total=30, retries=0)
ACCEPT = (
    "application/json;q=0.9, application/ld+json;q=0.9, text/turtle;q=0.9, application/rdf+xml;q=0.9, "
    "text/csv;q=0.9, */*;q=0.8"
)
NOT_THERE = frozenset((400, 404, 405, 410, 501))


class Recogniser(Protocol):
    """What detection asks of a harvester."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]

    def recognises(self, answer: Answer) -> Recognised | None: ...

    def places(self, url: str) -> Iterable[str]: ...

    def leads(self, answer: Answer) -> Iterable[str]: ...


@dataclass
class Look:
    """A search over a site: what was found, where was asked, and what went wrong."""

    harvesters: Sequence[Recogniser]
    found: list[tuple[Recogniser, Recognised]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)
    title: str = ""
    _end: float = field(default_factory=lambda: time.monotonic() + SECONDS)
    _asked: set[str] = field(default_factory=set)

    def at(self, url: str) -> Look:
        """Ask the address itself; where nothing reads that, the usual places of its site."""
        answer = self._ask(url)
        if answer is None and self.problems and not self._answered:
            return self
        self.title = answer.title if answer else ""
        if not self.found:
            self._walk(chain(self._leads(answer), self._places(answer.url if answer else url)))
        return self

    @property
    def _answered(self) -> bool:
        return bool(self.tries) and bool(self.tries[-1]["answered"])

    def _walk(self, places: Iterable[str]) -> None:
        for place in places:
            if len(self.tries) >= MOST_TRIES or time.monotonic() > self._end:
                break
            if place in self._asked:
                continue
            answer = self._ask(place)
            if not any(tried["answered"] for tried in self.tries[-2:]):
                break  # a host that does not even answer is left in peace
            if answer and not self.tries[-1]["source_type"]:
                self._walk(list(self._leads(answer)))

    def _places(self, url: str) -> Iterator[str]:
        """The places of all protocols, each one's likeliest first."""
        turns = zip_longest(*(harvester.places(url) for harvester in self.harvesters))
        return (place for turn in turns for place in turn if place)

    def _leads(self, answer: Answer | None) -> Iterator[str]:
        return chain.from_iterable(one.leads(answer) for one in self.harvesters) if answer else iter(())

    def _ask(self, url: str) -> Answer | None:
        self._asked.add(url)
        tried: dict[str, Any] = {"url": without_query(url), "answered": True, "source_type": ""}
        self.tries.append(tried)
        try:
            fetched = fetch(url, accept=ACCEPT, limits=LIMITS)
        except SourceError as error:
            tried["answered"] = bool(error.status)
            if not error.status or len(self.tries) == 1:
                self.problems.append(dict(error.texts))
            return None
        answer = Answer(fetched.url, fetched.media_type, fetched.body)
        for harvester in self.harvesters:
            recognised = harvester.recognises(answer)
            if recognised:
                tried["source_type"] = tried["source_type"] or harvester.NAME
                self._keep(harvester, recognised)
        return answer

    def _keep(self, harvester: Recogniser, recognised: Recognised) -> None:
        known = {(one.NAME, seen.url) for one, seen in self.found}
        if (harvester.NAME, recognised.url) not in known:
            self.found.append((harvester, recognised))


def detect(url: str) -> dict[str, Any]:
    """The answer of `orden_harvest_source_detect`: the best source for an address, and the others that would do."""
    harvesters: list[Recogniser] = stock.ours()
    look = Look(harvesters).at(url.strip())
    order = [harvester.NAME for harvester in harvesters]
    look.found.sort(key=lambda pair: order.index(pair[0].NAME))
    candidates = [_candidate(*pair, look.title) for pair in look.found]
    told = {"candidates": candidates, "tries": look.tries, "problems": [] if candidates else look.problems}
    if candidates:
        return {"found": True, **candidates[0], **told}
    said = source_text("unrecognised", count=len(look.tries))
    nothing = {"source_type": "", "label": "", "url": url.strip(), "config": {}, "title": look.title}
    return {"found": False, **nothing, "reason": {"ja": said["ja"], "en": said["en"]}, **told}


def _candidate(harvester: Recogniser, recognised: Recognised, title: str) -> dict[str, Any]:
    return {
        "source_type": harvester.NAME,
        "label": harvester.TITLE,
        "url": recognised.url,
        "config": dict(recognised.config),
        "title": recognised.title or title,
        "reason": dict(recognised.reason),
    }


def moved(harvester: Recogniser, url: str, read: int, error: SourceError) -> list[dict[str, str]]:
    """What to tell of a source whose first answer is no page of its type: that its address speaks another one now."""
    if read or not (isinstance(error, NoPage) or error.status in NOT_THERE):
        return []
    look = Look(stock.ours()).at(url)
    others = [(one, seen) for one, seen in look.found if one.NAME != harvester.NAME]
    if not others or len(others) < len(look.found):
        return []
    other, seen = others[0]
    return [source_text("moved", title=other.TITLE, kind=other.NAME, url=without_query(seen.url))]
