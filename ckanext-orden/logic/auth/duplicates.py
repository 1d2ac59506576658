"""Who may look for duplicates."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def orden_duplicates_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only: pairs tell of private datasets too."""
    return {"success": False, "msg": tk._("Only system administrators look for duplicates")}


def orden_duplicates_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only."""
    return orden_duplicates_list(context, data_dict)


def orden_duplicate_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Sysadmins only."""
    return orden_duplicates_list(context, data_dict)
