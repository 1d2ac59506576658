"""Who may see how the catalogue is used: everybody, of what everybody may see."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


@tk.auth_allow_anonymous_access
def orden_use_list(context: Context, data_dict: DataDict | None) -> AuthResult:
    """Of a dataset, who may see it; of the catalogue everybody: only public datasets are counted."""
    identifier = (data_dict or {}).get("id")
    if not identifier:
        return {"success": True}
    try:
        tk.check_access("package_show", context, {"id": identifier})
    except tk.NotAuthorized as error:
        return {"success": False, "msg": str(error)}
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_use_statistics_show(context: Context, data_dict: DataDict | None) -> AuthResult:
    """Everybody: only public datasets are counted."""
    return {"success": True}
