"""Programs among the visitors."""

from __future__ import annotations

import re

from flask import Request

_PROGRAM = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|preview|curl|wget|python|java/|okhttp|go-http|libwww", re.I)


def announces_itself(agent: str | None) -> bool:
    """Whether a user agent says that it is a program; one that says nothing is one."""
    return not agent or bool(_PROGRAM.search(agent))


def is_of_a_person(request: Request) -> bool:
    """Whether a browser asks for somebody: no program, nothing that is fetched ahead or into no window."""
    headers = request.headers
    ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    shown = headers.get("Sec-Fetch-Dest", "document") == "document"
    return request.method == "GET" and shown and not ahead and not announces_itself(headers.get("User-Agent"))
