"""Programs among the visitors."""

from __future__ import annotations

import re

_PROGRAM = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|preview|curl|wget|python|java/|okhttp|go-http|libwww", re.I)


def announces_itself(agent: str | None) -> bool:
    """Whether a user agent says that it is a program; one that says nothing is one."""
    return not agent or bool(_PROGRAM.search(agent))
