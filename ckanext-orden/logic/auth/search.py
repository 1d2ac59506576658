"""Who may search."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def orden_autocomplete(context: Context, data_dict: DataDict) -> AuthResult:
    """Everybody; what each one sees is decided by the search it is made of."""
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_search_marks_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may search; only what he may see is marked."""
    return authz.is_authorized("package_search", context, data_dict)
