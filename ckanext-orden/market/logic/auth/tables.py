"""Who may take out and hand in an organization's offers as a table."""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context


def orden_market_offer_export(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may change the organization's datasets."""
    group = model.Group.get(tk.get_or_bust(data_dict, "organization"))
    if group is None:
        raise tk.ObjectNotFound(tk._("Organization not found"))
    user = context.get("user") or ""
    if authz.has_user_permission_for_group_or_org(group.id, user, "update_dataset"):
        return {"success": True}
    return {"success": False, "msg": tk._("Only editors of the organization may do this")}


def orden_market_offer_import(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may take the table out; each row is written with their own rights."""
    return orden_market_offer_export(context, data_dict)
