"""Pages of the market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint

from ..logic.schema.search import PAGE

orden_market = Blueprint("orden_market", __name__, url_prefix="/market")

FILTERS = ("price_mode", "delivery", "market", "organization")


@dataclass(frozen=True)
class Pages:
    """Where a page of offers stands, as the template for links to pages wants it."""

    page: int
    page_count: int


@orden_market.get("/offers")
def offers() -> str:
    """All offers that the visitor may see, by words and conditions."""
    asked = {name: value for name in ("q", "sort", *FILTERS) if (value := tk.request.args.get(name, ""))}
    number = max(1, int(tk.h.get_page_number(tk.request.args)))
    try:
        found = _search({**asked, "offset": (number - 1) * PAGE})
    except tk.ValidationError:
        return tk.abort(400, tk._("There is no such condition; choose one of the list."))
    pages = Pages(number, -(-found["count"] // PAGE))
    return tk.render("orden_market/offers.html", {"found": found, "asked": asked, "filters": FILTERS, "page": pages})


def _search(asked: dict[str, Any]) -> dict[str, Any]:
    try:
        return tk.get_action("orden_market_offer_search")({"user": tk.current_user.name}, asked)
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error))
