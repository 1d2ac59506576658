"""Pages of the market."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ...helpers.links import Pages
from ..logic.schema.search import PAGE, PRICED

orden_market = Blueprint("orden_market", __name__, url_prefix="/market")

FILTERS = ("price_mode", "delivery", "market", "organization", *PRICED)


@orden_market.get("/offers")
def offers() -> tuple[str, int]:
    """All offers that the visitor may see, by words and conditions."""
    asked = {name: value for name in ("q", "sort", *FILTERS) if (value := tk.request.args.get(name, ""))}
    number = max(1, int(tk.h.get_page_number(tk.request.args)))
    found, errors = _found({**asked, "offset": (number - 1) * PAGE})
    shown = {"found": found, "asked": asked, "errors": errors, "page": Pages(number, -(-found["count"] // PAGE))}
    return tk.render("orden_market/offers.html", shown), 400 if errors else 200


def _found(asked: dict[str, Any]) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """What was found, and what is wrong with the prices that were typed: then these are left out."""
    try:
        return _search(asked), {}
    except tk.ValidationError as error:
        if set(error.error_dict) - set(PRICED):
            return tk.abort(400, tk._("There is no such condition; choose one of the list."))
        right = {name: value for name, value in asked.items() if name not in error.error_dict}
        return _search(right), error.error_dict


def _search(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return tk.get_action("orden_market_offer_search")({"user": tk.current_user.name}, asked)
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error))
