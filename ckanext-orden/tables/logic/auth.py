"""Who may use the room."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ..model import TableReport

__all__ = ["orden_table_report_show", "orden_table_report_update", "orden_table_row_search", "orden_table_validate"]


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


@tk.auth_allow_anonymous_access
def orden_table_row_search(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Whoever may read the resource; a file in which personal data seem to stand only who may mend it."""
    tk.check_access("resource_show", context, {"id": data_dict["id"]})
    report = TableReport.of(data_dict["id"])
    if report and report.personal:
        try:
            tk.check_access("resource_update", context, {"id": data_dict["id"]})
        except tk.NotAuthorized:
            return {"success": False, "msg": tk._("The rows are not shown: some columns look like personal data")}
    return {"success": True}


def orden_table_report_update(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Whoever may change the resource."""
    tk.check_access("resource_update", context, {"id": data_dict["id"]})
    return {"success": True}
