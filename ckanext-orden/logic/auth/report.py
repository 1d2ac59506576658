"""Who may see and store reports."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def orden_report_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset."""
    return authz.is_authorized("package_show", context, data_dict)


def orden_report_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Nobody by hand: reports are made by the site itself."""
    return {"success": False, "msg": tk._("Reports are made by the site itself")}
