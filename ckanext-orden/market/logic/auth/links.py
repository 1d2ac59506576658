"""Who may follow links of offers, and who sees how often that is done."""

from __future__ import annotations

from typing import Any

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ...links import keeping
from ...offers.people import is_for, works

DataDict = dict[str, Any]


@tk.auth_allow_anonymous_access
def orden_market_link_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may see the dataset; a link of an offer to named organisations, their members and its own people."""
    found = keeping.found(tk.get_or_bust(data_dict, "id"))
    if found is None:
        raise tk.ObjectNotFound(tk._("Link not found"))
    _, offer = found
    seen = authz.is_authorized("package_show", context, {"id": offer.package_id})
    if not seen.get("success"):
        return seen
    if is_for(offer.content, context.get("user")) or authz.is_authorized_boolean(
        "orden_market_offer_history", context, {"id": offer.id}
    ):
        return {"success": True}
    return {"success": False, "msg": tk._("You may not follow this link")}


@tk.auth_allow_anonymous_access
def orden_market_click_create(context: Context, data_dict: DataDict) -> AuthResult:
    """As for `orden_market_link_show`."""
    return orden_market_link_show(context, data_dict)


def orden_market_link_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may write datasets, and reviewers; each sees their own."""
    if works(context.get("user")):
        return {"success": True}
    return {"success": False, "msg": tk._("You may not see the figures of these links")}
