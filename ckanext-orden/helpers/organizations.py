"""What an organisation holds, and its name in other letters."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ckan.lib.search.common import SearchError
from ckan.plugins import toolkit as tk
from flask import g, has_request_context, request

from ..metadata.upkeep import DESCRIPTION, LICENCE, MACHINE_READABLE, REQUIRED
from ..metadata.vocabularies import municipality
from ..search.upkeep import LACKS

log = logging.getLogger(__name__)


def remember_figures(action: str, *, context: Mapping[str, Any], result: Any, **_rest: Any) -> None:
    """Listens to finished actions: when an organisation's page has its organisation, asks once for its figures.

    Who searches or turns pages wants the datasets only.
    """
    if action != "organization_show" or not context.get("for_view") or not has_request_context():
        return
    if request.endpoint == "organization.read" and not request.args and "orden_figures" not in g:
        g.orden_figures = None
        try:
            g.orden_figures = tk.get_action("orden_organization_figures_show")({"user": g.user}, {"id": result["id"]})
        except SearchError as error:
            log.warning("The page of %s is shown without figures: %s", result["name"], error)


def orden_organization_figures() -> dict[str, Any] | None:
    """The figures of the page's organisation; None on pages of its search."""
    return getattr(g, "orden_figures", None)


def orden_other_names(organization: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A municipality's name in kana and in English, each with its language; nothing of other organisations."""
    place = municipality(str(organization.get("orden_municipality") or ""))
    if place is None or organization.get("title") not in (place.name, place.full_name):
        return []
    return [(name, language) for name, language in ((place.kana, "ja"), (place.name_en, "en")) if name]


def orden_organization_kind(organization: Mapping[str, Any]) -> tuple[str, str]:
    """What an organisation is, in a word, with its icon; two empty texts where it is not known."""
    known = {
        "public": (tk._("Government"), "gov"),
        "private": (tk._("Private company"), "company"),
        "academic": (tk._("University or research institute"), "book"),
        "other": (tk._("Other"), "info"),
    }
    return known.get(str(organization.get("orden_org_kind") or ""), ("", ""))


def orden_criterion(code: str) -> str:
    """A criterion of how well datasets are kept, in words."""
    return {
        REQUIRED: tk._("Required fields are filled in"),
        DESCRIPTION: tk._("There is a description"),
        LICENCE: tk._("The licence is clear"),
        MACHINE_READABLE: tk._("A file is machine-readable"),
        "updates": tk._("Updated as often as promised"),
    }[code]


def lack_word(code: str) -> str:
    """What a dataset lacks, in words."""
    known = {
        REQUIRED: tk._("A required field is empty"),
        DESCRIPTION: tk._("No description"),
        LICENCE: tk._("The licence is not clear"),
        MACHINE_READABLE: tk._("No machine-readable file"),
    }
    return known.get(code, code)


def orden_lacking(organization: str, code: str) -> str:
    """The address of the organisation's datasets that lack it; none of updates, which time decides."""
    if code == "updates":
        return ""
    return str(tk.url_for("organization.read", id=organization, **{LACKS: code}))
