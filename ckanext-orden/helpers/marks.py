"""Why each dataset of a list is there; the page's own search tells which words and which datasets."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, cast

from ckan.lib.search.common import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Context
from flask import g, has_request_context
from markupsafe import Markup, escape

from ..search.marking.typed import typed
from .words import orden_excerpt

MOST = 100
SHOWN = frozenset({"title", "notes", "organization_title"})
"""The fields whose marks a card shows."""
log = logging.getLogger(__name__)


def remember_marks(
    action: str, *, context: Mapping[str, Any], data_dict: Mapping[str, Any], result: Any, **_rest: Any
) -> None:
    """Listens to finished actions: when a page has searched for words, asks where they stand in what it shows."""
    if action != "package_search" or not context.get("for_view") or not has_request_context():
        return
    query, ids = _searched(data_dict, result), [dataset["id"] for dataset in result["results"] if "id" in dataset]
    if not isinstance(query, str) or not ids or not typed(query).words:
        return
    asked = {"q": query, "ids": ids[:MOST], "include_private": data_dict.get("include_private") or False}
    reader = cast(Context, {key: context[key] for key in ("user", "auth_user_obj") if key in context})
    try:
        found = tk.get_action("orden_search_marks_list")(reader, asked)
    except SearchError as error:
        log.warning("The page is shown without marks: %s", error)
        return
    g.orden_marks = {dataset["id"]: dataset for dataset in found}


def _searched(data_dict: Mapping[str, Any], result: Mapping[str, Any]) -> Any:
    """The words that the results hold: those that were typed, or those that were meant."""
    return result["orden_did_you_mean"] if result.get("orden_did_you_mean_included") else data_dict.get("q")


def orden_marks(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """Where the words of the page's search stand in a dataset and why it was found; empty without such words."""
    return getattr(g, "orden_marks", {}).get(dataset.get("id"), {})


def orden_marked(text: str, pieces: Sequence[tuple[str, bool]] | None) -> Markup:
    """A text with its marks; without them where the pieces are those of another text."""
    return _html(pieces if pieces and "".join(piece for piece, _ in pieces) == text else [(text, False)])


def orden_marked_excerpt(text: str, pieces: Sequence[tuple[str, bool]] | None) -> Markup:
    """The part of a Markdown text that holds the words of the search, else its beginning."""
    return _html(pieces or [(orden_excerpt(text), False)])


def _html(pieces: Sequence[tuple[str, bool]]) -> Markup:
    return Markup("").join(Markup("<mark>{}</mark>").format(piece) if on else escape(piece) for piece, on in pieces)


def orden_why(marks: Mapping[str, Any]) -> str:
    """One short sentence where the marks do not speak for themselves; else nothing."""
    why = marks.get("why")
    if not why:
        return ""
    words, typed = tk._(", ").join(why["words"]), why["typed"]
    if why["kind"] == "synonym":
        return _for_typed(typed, words) if typed else tk._("Words for what you typed: {words}").format(words=words)
    if why["kind"] == "reading":
        return _read_as(typed, words) if typed else tk._("Words that are read so: {words}").format(words=words)
    if why["kind"] == "words":
        return "" if SHOWN & set(why["fields"]) else _unseen(why["fields"], words)
    return tk._("Close in meaning") if why["kind"] == "meaning" else tk._("Holds parts of the words")


def _for_typed(typed: str, words: str) -> str:
    return tk._("For “{typed}”: {words}").format(typed=typed, words=words)


def _read_as(typed: str, words: str) -> str:
    return tk._("Read as “{typed}”: {words}").format(typed=typed, words=words)


def _unseen(fields: Sequence[str], words: str) -> str:
    """Where words stand that a card does not show."""
    if "tags" in fields:
        return tk._("Keyword: {words}").format(words=words)
    return tk._("File: {words}").format(words=words) if fields else tk._("The words are among its details")
