"""Who may see what is searched for."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def orden_search_log_list(context: Context, data_dict: DataDict) -> AuthResult:
    """System administrators, who pass before this is asked."""
    return {"success": False, "msg": tk._("Only system administrators see what is searched for")}
