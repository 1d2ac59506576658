"""Who may see and change the editors' words of the search: system administrators, for they change it for everybody."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context, DataDict


def orden_search_words_show(context: Context, data_dict: DataDict | None) -> AuthResult:
    """System administrators, who need not be asked."""
    return {"success": False, "msg": tk._("Need to be system administrator to administer")}


def orden_search_words_update(context: Context, data_dict: DataDict | None) -> AuthResult:
    """System administrators, who need not be asked."""
    return {"success": False, "msg": tk._("Need to be system administrator to administer")}
