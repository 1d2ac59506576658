"""Texts that carry several languages, in the one that the reader asked for."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import has_request_context

from ..types import Issue, Text


def language() -> str:
    """The language of the request; outside one (jobs, commands) the site's."""
    return (tk.h.lang() if has_request_context() else None) or tk.config["ckan.locale_default"]


def wording(text: Text) -> str:
    """The text in the reader's language, else in English."""
    return text.get(language()) or text.get("en", "")


def explained(issue: Issue) -> str:
    """What is wrong and how to mend it."""
    return issue.text(language())
