"""Foreign documents are taken apart in a process of their own, which a hostile one may bring down and no more.

JSON of one page of an API is read in the worker: its cost is bounded by its size.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ...apart import TooMuch, stream
from ...errors import SourceError
from ...metadata.addresses import without_query
from ..texts import source_problem

SECONDS = 120
"""Of the processor, for one document."""
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "ascii", "latin-1", "cp437")
"""What documents may be in, zip files' names included: Python reads its tables from files when it first meets one."""
Found = TypeVar("Found")


def taken_apart(read: Callable[[], Iterable[Found]], url: str) -> Iterator[Found]:
    """What `read` gives of a document that was fetched from `url`; SourceError where it asks for too much.

    `read` can open nothing: neither files (so it has to import nothing) nor connections.
    """
    for name in ENCODINGS:
        codecs.lookup(name)
    try:
        yield from stream(read, SECONDS, SourceError, sealed=True)
    except TooMuch as error:
        raise source_problem("demanding", url=without_query(url), seconds=SECONDS) from error
