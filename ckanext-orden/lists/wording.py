"""Texts in two languages, in the one of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click
from ckan.plugins import toolkit as tk
from flask import has_request_context

from ..helpers.languages import readers_language
from ..types import Text


def wording(text: Text) -> str:
    """The text in the reader's language, else in English."""
    return text.get(readers_language()) or text.get("en", "")


def text_of(issue: Mapping[str, Any]) -> str:
    """What is wrong and how to mend it, of an issue as JSON."""
    return " ".join(filter(None, (wording(issue["message"]), wording(issue["hint"] or {}))))


def said(error: tk.ValidationError) -> str:
    """What stands against a list as a whole, without the names of arguments."""
    found: list[Any] = list(error.error_dict.values())
    return " ".join(str(text) for texts in found for text in (texts if isinstance(texts, list) else [texts]))


def in_the_sites_language() -> AbstractContextManager[Any]:
    """Validators that speak outside a request (a command, a worker's job) speak the site's language."""
    command = click.get_current_context(silent=True)
    app = command.meta.get("flask_app") if command else None
    if app is None or has_request_context():
        return nullcontext()
    return app.test_request_context(environ_overrides={"CKAN_LANG": tk.config["ckan.locale_default"]})
