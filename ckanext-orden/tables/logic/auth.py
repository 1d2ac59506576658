"""Who may use the room."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

__all__ = ["orden_table_report_show", "orden_table_report_update", "orden_table_validate"]


@tk.auth_allow_anonymous_access
def orden_table_validate(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody; a registered file only to those who may read it."""
    if data_dict.get("id"):
        tk.check_access("resource_show", context, {"id": data_dict["id"]})
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_table_report_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Whoever may read the resource."""
    tk.check_access("resource_show", context, {"id": data_dict["id"]})
    return {"success": True}


def orden_table_report_update(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Whoever may change the resource."""
    tk.check_access("resource_update", context, {"id": data_dict["id"]})
    return {"success": True}
