"""Who may do what with the registry of markets."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

DataDict = dict[str, Any]


@tk.auth_allow_anonymous_access
def orden_market_market_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_market_market_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody."""
    return {"success": True}


def orden_market_market_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only."""
    return {"success": False, "msg": tk._("Only system administrators change the registry of markets")}


def orden_market_market_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only."""
    return orden_market_market_create(context, data_dict)


def orden_market_market_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only."""
    return orden_market_market_create(context, data_dict)
