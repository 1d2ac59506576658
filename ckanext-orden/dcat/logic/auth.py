"""Who may use the DCAT room."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import AuthResult, Context

READS = {"id": "package_show", "organization": "organization_show", "source": "package_show"}
"""A harvest source is a package."""


@tk.auth_allow_anonymous_access
def orden_dcat_validate(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody; what this site holds only to those who may read it."""
    for name, action in READS.items():
        if data_dict.get(name):
            tk.check_access(action, context, {"id": data_dict[name]})
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_dcat_quality_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Whoever may read the dataset."""
    tk.check_access("package_show", context, {"id": data_dict["id"]})
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_dcat_quality_summary_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody: it is of public datasets only."""
    tk.check_access("package_search", context, {})
    return {"success": True}


@tk.auth_allow_anonymous_access
def orden_dcat_quality_dataset_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Everybody: it is of public datasets only."""
    tk.check_access("package_search", context, {})
    return {"success": True}
