"""Who may use the room: people with an account, each for their own searches. System administrators read no others'."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ..model import SavedSearch

__all__ = [
    "orden_saved_search_create",
    "orden_saved_search_delete",
    "orden_saved_search_list",
    "orden_saved_search_show",
    "orden_saved_search_update",
]

DataDict = dict[str, Any]


@tk.auth_sysadmins_check
def orden_saved_search_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody with an account."""
    return _with_account(context)


@tk.auth_sysadmins_check
def orden_saved_search_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody with an account."""
    return _with_account(context)


@tk.auth_sysadmins_check
def orden_saved_search_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def orden_saved_search_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner."""
    return _owner(context, data_dict)


@tk.auth_sysadmins_check
def orden_saved_search_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """Its owner."""
    return _owner(context, data_dict)


def _with_account(context: Context) -> AuthResult:
    user = model.User.get(context.get("user"))
    if user and user.is_active:
        return {"success": True}
    return {"success": False, "msg": tk._("Log in to save a search")}


def _owner(context: Context, data_dict: DataDict) -> AuthResult:
    """Who may not see a search does not learn that it exists."""
    user, row = model.User.get(context.get("user")), SavedSearch.get(data_dict["id"])
    if user and user.is_active and row and row.user_id == user.id:
        return {"success": True}
    return {"success": False, "msg": tk._("Saved search not found")}
