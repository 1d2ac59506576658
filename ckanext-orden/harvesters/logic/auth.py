"""Who may do what with harvest sources. Stock leaves reading open to everybody; here it is for the source's editors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ckan import authz, model
from ckan.plugins import toolkit as tk
from ckan.types import AuthFunction, AuthResult, Context, DataDict
from ckanext.harvest.model import HarvestObject

from .. import stock
from ..planning import approval, plans

Next = AuthFunction
ADMINISTRATORS = ("priority", "robots_permission")
"""Fields of a plan that only administrators change."""

__all__ = [
    "harvest_job_abort",
    "harvest_job_list",
    "harvest_jobs_run",
    "harvest_object_list",
    "harvest_object_show",
    "harvest_objects_import",
    "orden_harvest_deletion_refuse",
    "orden_harvest_deletion_release",
    "orden_harvest_edit_return",
    "orden_harvest_failed_retry",
    "orden_harvest_plan_show",
    "orden_harvest_plan_update",
    "orden_harvest_preview_show",
    "orden_harvest_provenance_show",
    "orden_harvest_record_list",
    "orden_harvest_run_resume",
    "orden_harvest_run_show",
    "orden_harvest_run_undo",
    "orden_harvest_secret_delete",
    "orden_harvest_secret_show",
    "orden_harvest_secret_update",
    "orden_harvest_source_approve",
    "orden_harvest_source_detect",
    "orden_harvest_source_validate",
    "orden_harvest_undo_show",
    "package_create",
    "package_update",
]


def orden_harvest_deletion_refuse(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_edit_return(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the dataset."""
    return authz.is_authorized("package_update", context, {"id": tk.get_or_bust(data_dict, "id")})


def orden_harvest_failed_retry(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_run_resume(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_run_undo(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_undo_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_deletion_release(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_preview_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


@tk.auth_allow_anonymous_access
def orden_harvest_provenance_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may see the dataset."""
    return authz.is_authorized("package_show", context, {"id": tk.get_or_bust(data_dict, "id")})


def orden_harvest_record_list(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_run_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_secret_delete(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_plan_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_secret_show(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_plan_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source; what touches others' servers or sources is the administrators'."""
    return _both(_editor(context, data_dict), lambda: _own_plan(data_dict))


def orden_harvest_source_approve(context: Context, data_dict: DataDict) -> AuthResult:
    """Those whom the option `ckanext.orden.harvest.approval` names."""
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if package and approval.may_approve(context, package.owner_org):
        return {"success": True}
    return {"success": False, "msg": tk._("You may not approve this harvest source")}


def orden_harvest_source_validate(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_secret_update(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may edit the source."""
    return _editor(context, data_dict)


def orden_harvest_source_detect(context: Context, data_dict: DataDict) -> AuthResult:
    """Those who may create harvest sources: addresses are opened for them."""
    try:
        tk.check_access("harvest_source_create", tk.fresh_context(context), {"type": "harvest"})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("Only those who may create harvest sources may do this")}
    return {"success": True}


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def harvest_object_show(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """A raw record is for those who may edit its source: it may belong to a private dataset."""
    found = _object(data_dict or {})
    if found is None:
        raise tk.ObjectNotFound(tk._("Harvest object not found"))
    return _both(next_auth(context, data_dict or {}), lambda: _editor(context, {"id": found.harvest_source_id}))


@tk.chained_auth_function
def harvest_object_list(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """The list of a source is for its editors; without a source only administrators may have it."""
    source_id = (data_dict or {}).get("source_id")
    if not source_id:
        return {"success": False, "msg": tk._("Name a harvest source with source_id")}
    return _both(next_auth(context, data_dict or {}), lambda: _editor(context, {"id": source_id}))


@tk.chained_auth_function
def harvest_job_abort(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """Who may start a source's harvest may stop it; stock leaves that to administrators."""
    wanted = (data_dict or {}).get("source_id") or (data_dict or {}).get("id") or ""  # as the action takes them
    package = model.Package.get(wanted)
    job = None if package else stock.job(wanted)
    source_id = package.id if package else job.source_id if job else ""
    return _editor(context, {"id": source_id}) if source_id else next_auth(context, data_dict or {})


@tk.chained_auth_function
def harvest_job_list(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """Stock's rule, which takes for granted that a source is named."""
    if not (data_dict or {}).get("source_id"):
        return {"success": False, "msg": tk._("Name a harvest source with source_id")}
    return next_auth(context, data_dict or {})


@tk.chained_auth_function
def harvest_jobs_run(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """Administrators, as in stock, which breaks down over who is not logged in."""
    return next_auth(context, data_dict or {}) if _is_sysadmin(context) else _for_administrators()


@tk.chained_auth_function
def harvest_objects_import(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """As `harvest_jobs_run`."""
    return next_auth(context, data_dict or {}) if _is_sysadmin(context) else _for_administrators()


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def package_create(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """A new source belongs to an organisation of its maker, and writes for no other."""
    result = next_auth(context, data_dict or {})
    if not data_dict or data_dict.get("type") != "harvest" or _is_sysadmin(context):
        return result
    return _both(result, lambda: _own_organization(context, data_dict))


@tk.chained_auth_function
def package_update(next_auth: Next, context: Context, data_dict: DataDict | None) -> AuthResult:
    """A source that writes for other organisations is an administrator's."""
    result = next_auth(context, data_dict or {})
    source = _source(data_dict)
    if source is None or _is_sysadmin(context):
        return result
    return _both(result, lambda: _only_own((data_dict or {}).get("config"), source.config))


def _own_plan(data_dict: DataDict) -> AuthResult:
    package = model.Package.get(data_dict["id"])
    plan = plans.of(package.id if package else "")
    for name in ADMINISTRATORS:
        given = data_dict.get(name, getattr(plan, name))
        if str("" if given is None else given).strip() != str(getattr(plan, name)):
            said = tk._("Only administrators may set the priority or a permission about robots.txt")
            return {"success": False, "msg": said}
    if plans.is_hasty(plan, data_dict.get("pause", plan.pause)):
        return {"success": False, "msg": tk._("Only administrators may shorten the pause between requests")}
    return {"success": True}


def _own_organization(context: Context, data_dict: DataDict) -> AuthResult:
    owner = data_dict.get("owner_org")
    # The form asks without data whether its button may be shown.
    if "url" in data_dict and not (
        owner and authz.has_user_permission_for_group_or_org(owner, context.get("user"), "create_dataset")
    ):
        return {"success": False, "msg": tk._("Choose one of your organizations as owner of the harvest source")}
    return _only_own(data_dict.get("config"))


def _only_own(*configs: Any) -> AuthResult:
    if any(_names_others(config) for config in configs):
        return {"success": False, "msg": tk._("Only administrators may let a source create organizations")}
    return {"success": True}


def _names_others(config: Any) -> bool:
    try:
        values = json.loads(config) if isinstance(config, str) and config else config or {}
    except ValueError:
        return False  # the validator will say so
    return isinstance(values, dict) and values.get("remote_orgs") == "create"


def _editor(context: Context, data_dict: DataDict) -> AuthResult:
    source_id = tk.get_or_bust(data_dict, "id")
    try:
        tk.check_access("harvest_source_update", tk.fresh_context(context), {"id": source_id})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("Only editors of the harvest source may do this")}
    return {"success": True}


def _both(result: AuthResult, more: Callable[[], AuthResult]) -> AuthResult:
    return more() if result.get("success") else result


def _for_administrators() -> AuthResult:
    return {"success": False, "msg": tk._("Only system administrators may do this")}


def _is_sysadmin(context: Context) -> bool:
    return authz.is_sysadmin(context.get("user") or "")


def _source(data_dict: DataDict | None) -> stock.SourceRow | None:
    package = model.Package.get((data_dict or {}).get("id"))
    return stock.source(package.id) if package and package.type == "harvest" else None


def _object(data_dict: DataDict) -> Any:
    """The object that `harvest_object_show` would show."""
    if data_dict.get("id"):
        return HarvestObject.get(data_dict["id"], attr=data_dict.get("attr"))
    package = model.Package.get(data_dict.get("dataset_id"))
    query = model.Session.query(HarvestObject).filter_by(package_id=package.id if package else None, current=True)
    return query.order_by(HarvestObject.import_finished.desc()).first()
