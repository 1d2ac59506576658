"""This site as the forms name it, and JSON as it may stand in a page."""

from __future__ import annotations

import json
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import catalog_uri

from ...metadata import vocabularies
from .said import Site

HARMLESS = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""What could end a script within a page; in JSON these stand in texts only, where an escape says the same."""


def this_site() -> Site:
    """The catalogue as its options describe it."""
    language = vocabularies.language_for(tk.config["ckan.locale_default"])
    title, about = tk.config.get("ckan.site_title") or "CKAN", tk.config.get("ckan.site_description") or ""
    return Site(title, about, catalog_uri().rstrip("/"), language.tag if language else "en")


def in_page(value: Any) -> str:
    """A value as JSON that cannot break out of a script element."""
    return json.dumps(value, ensure_ascii=False, indent=1).translate(HARMLESS)
