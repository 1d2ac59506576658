"""Pages between strangers and providers: for who has the address alone, with what is wrong in words."""

from __future__ import annotations

from typing import Any, cast

from ckan.plugins import toolkit as tk
from flask import Response, make_response


def private(template: str, data: dict[str, Any]) -> Response:
    """A page that no cache keeps and whose address no other site learns."""
    answer = make_response(tk.render(template, data))
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def said(error: tk.ValidationError) -> str:
    """What is wrong, in one line."""
    return " ".join(str(text) for texts in cast(dict[str, list[str]], error.error_dict).values() for text in texts)
