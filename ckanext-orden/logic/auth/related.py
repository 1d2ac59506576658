"""Who may see what is like a dataset."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def orden_related_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset; of the others each sees what he may see."""
    return authz.is_authorized("package_show", context, data_dict)
