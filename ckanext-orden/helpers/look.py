"""Icons, static files and the main menu."""

from __future__ import annotations

from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from flask import g
from markupsafe import Markup

_ICON = Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>')


def orden_static(name: str) -> str:
    """The address of a file in orden's public folder."""
    known: dict[str, str] = g.setdefault("orden_static", {})
    if name not in known:
        known[name] = str(tk.h.url_for_static(f"/orden/{name}"))
    return known[name]


def orden_icon(name: str, classes: str = "o-i") -> Markup:
    """An icon of the sprite; it always stands beside a word, so it is hidden from screen readers."""
    known: dict[tuple[str, str], Markup] = g.setdefault("orden_icons", {})
    if (name, classes) not in known:
        known[name, classes] = _ICON.format(classes, orden_static("icons.svg"), name)
    return known[name, classes]


def orden_menu() -> list[dict[str, object]]:
    """The main menu: word, address and whether this page is below it."""
    entries = [
        (tk._("Find data"), "dataset.search", ("dataset", "resource")),
        (tk._("Providers"), "organization.index", ("organization",)),
        (tk._("About this site"), "home.about", ()),
    ]
    if plugin_loaded("orden_use"):
        entries.insert(2, (tk._("Statistics"), "orden_use.statistics", ("orden_use",)))
    if plugin_loaded("harvest") and tk.current_user.is_authenticated:
        entries.insert(2, (tk._("Harvest sources"), "harvest.search", ("harvest", "harvester")))
    if plugin_loaded("orden_market"):
        entries.insert(1, (tk._("Offers of data"), "orden_market.offers", ()))
    here = tk.request.endpoint or ""
    return [
        {"word": word, "url": tk.url_for(endpoint), "current": here == endpoint or here.split(".")[0] in blueprints}
        for word, endpoint, blueprints in entries
    ]
