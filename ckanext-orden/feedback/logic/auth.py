"""Who may do what with feedback on datasets."""

from __future__ import annotations

from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

from ... import config
from ..model import Feedback
from ..parties import is_asker, is_provider

__all__ = [
    "orden_feedback_answer",
    "orden_feedback_close",
    "orden_feedback_create",
    "orden_feedback_delete",
    "orden_feedback_list",
    "orden_feedback_published_list",
    "orden_feedback_show",
    "orden_feedback_update",
]

DataDict = dict[str, Any]


@tk.auth_allow_anonymous_access
def orden_feedback_create(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may see the dataset; people without an account where the site lets them."""
    if not context.get("user") and not config.feedback_anonymous():
        return {"success": False, "msg": tk._("Log in to write to the provider")}
    return authz.is_authorized("package_show", context, {"id": tk.get_or_bust(data_dict, "dataset")})


@tk.auth_allow_anonymous_access
def orden_feedback_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Who sent it, and the provider."""
    row = _row(data_dict)
    key = str(data_dict.get("key") or "")
    return _answer(is_asker(row, context.get("user"), key) or is_provider(row, context))


@tk.auth_allow_anonymous_access
def orden_feedback_published_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may see the dataset."""
    return authz.is_authorized("package_show", context, {"id": tk.get_or_bust(data_dict, "dataset")})


def orden_feedback_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Editors and admins what their organisation received; all of it system administrators."""
    name = data_dict.get("organization")
    group = model.Group.get(name) if name else None
    if group is None:
        return {"success": False, "msg": tk._("You may not do this with the feedback")}
    return _answer(authz.has_user_permission_for_group_or_org(group.id, context.get("user"), "update_dataset"))


def orden_feedback_answer(context: Context, data_dict: DataDict) -> AuthResult:
    """The provider."""
    return _answer(is_provider(_row(data_dict), context))


def orden_feedback_close(context: Context, data_dict: DataDict) -> AuthResult:
    """The provider."""
    return _answer(is_provider(_row(data_dict), context))


def orden_feedback_update(context: Context, data_dict: DataDict) -> AuthResult:
    """The provider."""
    return _answer(is_provider(_row(data_dict), context))


def orden_feedback_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """System administrators alone: a provider must not make away with what is told of it."""
    return _answer(False)


def _row(data_dict: DataDict) -> Feedback:
    row = Feedback.get(str(tk.get_or_bust(data_dict, "id")))
    if row is None:
        raise tk.ObjectNotFound(tk._("Feedback not found"))
    return row


def _answer(allowed: bool) -> AuthResult:
    return {"success": True} if allowed else {"success": False, "msg": tk._("You may not do this with the feedback")}
