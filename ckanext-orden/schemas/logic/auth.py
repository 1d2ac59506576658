"""Who may ask what the catalogue would say, and who sees a draft."""

from __future__ import annotations

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict

from ..model import OrdenDraft


@tk.auth_allow_anonymous_access
def orden_schema_cadde_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may see the dataset."""
    return authz.is_authorized("package_show", context, data_dict)


def orden_schema_dataset_validate(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may create a dataset in some organisation; of an existing dataset, whoever may edit it."""
    if data_dict.get("id"):
        return authz.is_authorized("package_update", context, {"id": data_dict["id"]})
    return authz.is_authorized("package_create", context, {})


def orden_schema_draft_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Every user: they are the user's own."""
    return {"success": True}


@tk.auth_sysadmins_check
def orden_schema_draft_show(context: Context, data_dict: DataDict) -> AuthResult:
    """The user who began it, nobody else."""
    return _own(context, data_dict)


@tk.auth_sysadmins_check
def orden_schema_draft_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Whoever may create a dataset; an existing draft only the user who began it."""
    known = bool(data_dict.get("id")) and model.Session.get(OrdenDraft, str(data_dict["id"])) is not None
    return _own(context, data_dict) if known else authz.is_authorized("package_create", context, {})


@tk.auth_sysadmins_check
def orden_schema_draft_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """The user who began it, nobody else."""
    return _own(context, data_dict)


def _own(context: Context, data_dict: DataDict) -> AuthResult:
    user = model.User.get(context.get("user"))
    draft = model.Session.get(OrdenDraft, str(data_dict.get("id")))
    if user and draft and draft.user_id == user.id:
        return {"success": True}
    return {"success": False, "msg": tk._("This draft belongs to somebody else")}
