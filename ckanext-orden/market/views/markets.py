"""The registry of markets, among the pages of the system administrators."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint, request

from ...sysadmins import only_sysadmins

orden_market_markets = Blueprint("orden_market_markets", __name__, url_prefix="/ckan-admin/markets")
orden_market_markets.before_request(only_sysadmins)


@orden_market_markets.get("/")
def index() -> str:
    """All markets."""
    return tk.render("orden_market/markets.html", {"markets": tk.get_action("orden_market_market_list")({}, {})})


@orden_market_markets.get("/new")
def new() -> str:
    """The form for a new one."""
    return _form({"enabled": True, "name": {}}, is_new=True)


@orden_market_markets.post("/new")
def create() -> str | Response:
    """Register it."""
    return _written("orden_market_market_create", {**_given(), "code": request.form.get("code", "").strip()})


@orden_market_markets.get("/<code>")
def edit(code: str) -> str:
    """The form of one."""
    return _form(_market(code))


@orden_market_markets.post("/<code>")
def update(code: str) -> str | Response:
    """Change it."""
    _market(code)
    return _written("orden_market_market_update", {**_given(), "code": code})


@orden_market_markets.post("/<code>/delete")
def delete(code: str) -> str | Response:
    """Delete it; a preset is again what it was."""
    market = _market(code)
    try:
        tk.get_action("orden_market_market_delete")({}, {"code": code})
    except tk.ValidationError as error:
        return _form(market, error.error_dict)
    tk.h.flash_success(tk._("The market has been deleted"))
    return tk.redirect_to("orden_market_markets.index")


def _written(action: str, given: dict[str, Any]) -> str | Response:
    try:
        tk.get_action(action)({}, given)
    except tk.ValidationError as error:
        return _form(given, error.error_dict, is_new=action.endswith("create"))
    tk.h.flash_success(tk._("The market has been saved"))
    return tk.redirect_to("orden_market_markets.index")


def _given() -> dict[str, Any]:
    text = {name: request.form.get(name, "") for name in ("hosts", "patterns", "home")}
    name = {language: request.form.get(f"name_{language}", "").strip() for language in ("ja", "en")}
    return {**text, "name": name, "enabled": bool(request.form.get("enabled"))}


def _market(code: str) -> dict[str, Any]:
    try:
        return tk.get_action("orden_market_market_show")({}, {"code": code})
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))


def _form(market: dict[str, Any], errors: Any = None, *, is_new: bool = False) -> str:
    given = {"market": market, "errors": errors or {}, "is_new": is_new}
    return tk.render("orden_market/market_form.html", given)
