"""Who may see what an organisation holds."""

from __future__ import annotations

from ckan import authz
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def orden_organization_figures_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the organisation; each counts the datasets that he may see."""
    return authz.is_authorized("organization_show", context, data_dict)
