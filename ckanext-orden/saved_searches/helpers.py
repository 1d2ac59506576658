"""What the pages of the room ask for."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from .. import config
from .model import FREQUENCIES

__all__ = ["orden_saved_search_condition", "orden_saved_search_frequencies", "orden_saved_search_mails"]


def orden_saved_search_frequencies() -> list[tuple[str, str]]:
    """How often one may be told, in words; without mails only one choice is left."""
    words = {"daily": tk._("Each day"), "weekly": tk._("Each Monday"), "never": tk._("Never: only in the list")}
    return [(name, words[name]) for name in FREQUENCIES if config.saved_search_mail() or name == "never"]


def orden_saved_search_mails() -> bool:
    """Whether this site sends the mails."""
    return config.saved_search_mail()


def orden_saved_search_condition(name: str, value: str) -> Any:
    """A chosen facet in words."""
    group = model.Group.get(value) if name in ("organization", "groups") else None
    shown = group.title if group and group.title else value
    return tk.h.orden_facet_word(name, {"name": value, "display_name": shown})
