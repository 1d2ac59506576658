"""Who may do what with lists: those who may register datasets of the organisation."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ..model import ListUpload, get

__all__ = ["orden_list_apply", "orden_list_export", "orden_list_preview", "orden_list_show"]


def orden_list_preview(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may register datasets of the organisation."""
    return _registers(context, data_dict.get("organization"))


def orden_list_export(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may register datasets of the organisation."""
    return _registers(context, data_dict.get("organization"))


def orden_list_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may register datasets of the upload's organisation."""
    return _registers(context, _upload(data_dict).organization_id)


def orden_list_apply(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Those who may register datasets of the upload's organisation."""
    return _registers(context, _upload(data_dict).organization_id)


def _registers(context: Context, organization: Any) -> AuthResult:
    group = model.Group.get(organization) if isinstance(organization, str) else None
    try:
        owner = {"owner_org": group.id if group else None, "type": "dataset"}
        tk.check_access("package_create", tk.fresh_context(context), owner)
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("You may not register datasets of this organization")}
    return {"success": group is not None, "msg": tk._("Organization not found")}


def _upload(data_dict: dict[str, Any]) -> ListUpload:
    upload = get(tk.get_or_bust(data_dict, "id"))
    if upload is None:
        raise tk.ObjectNotFound(tk._("List not found; it may have expired"))
    return upload
