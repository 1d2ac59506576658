"""Actions of the harvest room, and stock's actions with the truth added and secrets taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from ckan import logic, model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict
from flask import has_request_context

from ...clock import utcnow
from ...errors import SourceError
from ...fetching.client import checked
from ...logic import bulk
from .. import detect, jobs, keys, runs
from ..engine import preview
from ..model import HarvestRun
from ..operations import details
from ..ownership import noticing
from ..planning import approval, schedule
from . import secrets
from .operating import (
    orden_harvest_deletion_refuse,
    orden_harvest_failed_retry,
    orden_harvest_record_list,
    orden_harvest_run_resume,
    orden_harvest_run_undo,
    orden_harvest_undo_show,
)
from .ownership import orden_harvest_edit_return, orden_harvest_provenance_show
from .plan_action import (
    harvest_job_abort,
    harvest_job_create,
    harvest_send_job_to_gather_queue,
    orden_harvest_plan_show,
    orden_harvest_plan_update,
    orden_harvest_source_approve,
    orden_harvest_source_validate,
    package_id,
)

Action = Callable[[Context, DataDict], Any]

__all__ = [
    "harvest_job_abort",
    "harvest_job_create",
    "harvest_job_list",
    "harvest_job_show",
    "harvest_jobs_run",
    "harvest_send_job_to_gather_queue",
    "harvest_source_clear",
    "harvest_source_job_history_clear",
    "harvest_source_list",
    "harvest_source_reindex",
    "harvest_source_show_status",
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
    "package_show",
    "package_update",
]


@tk.side_effect_free
def orden_harvest_run_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The last run of a harvest source: state, counts, problems, and which deletions wait for a person.

    :param id: the id or name of the harvest source
    """
    tk.check_access("orden_harvest_run_show", context, data_dict)
    return runs.show(package_id(data_dict))


def orden_harvest_deletion_release(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let the deletions happen that wait for a person, after a look at the source.

    :param id: the id or name of the harvest source
    :returns: how many datasets were deleted
    """
    tk.check_access("orden_harvest_deletion_release", context, data_dict)
    return {"deleted": runs.release(package_id(data_dict), context.get("user", ""))}


def orden_harvest_preview_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What a run would do with the first records of a harvest source, which is asked for them; nothing is written.

    :param id: the id or name of the harvest source
    :param limit: how many records (default 20, at most 200)
    :returns: `records` with `guid`, `title`, `name`, `files`, `outcome` (`added`, `updated`, `unchanged`, `yielded`,
        `errors`, `skipped`), `issues` and `reason`; `total` that the source states; `problems` where it cannot be read
    """
    tk.check_access("orden_harvest_preview_show", context, data_dict)
    limit = str(data_dict.get("limit") or preview.LIMIT)
    if not (limit.isascii() and limit.isdigit() and 0 < int(limit) <= preview.MOST):
        raise tk.ValidationError({"limit": [tk._("Must be a whole number from 1 to {n}").format(n=preview.MOST)]})
    return preview.preview(package_id(data_dict), context.get("user", ""), int(limit))


@tk.side_effect_free
def orden_harvest_secret_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Whether a harvest source has a key, for which host it was set, when and by whom; never the key.

    :param id: the id or name of the harvest source
    :returns: `set`, and where it is true `host`, `header`, `set_at`, `set_by`
    """
    tk.check_access("orden_harvest_secret_show", context, data_dict)
    found = keys.shown(package_id(data_dict))
    return {"set": bool(found), **(found or {})}


def orden_harvest_secret_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Set the key that is sent to the host of a harvest source, and to no other; nobody can read it again.

    :param id: the id or name of the harvest source
    :param value: the key, as the header is to hold it
    :param header: `Authorization` (default), `X-CKAN-API-Key` or `X-API-Key`
    :returns: what `orden_harvest_secret_show` does
    """
    tk.check_access("orden_harvest_secret_update", context, data_dict)
    source_id = package_id(data_dict)
    url = getattr(model.Package.get(source_id), "url", "") or ""
    header, value = data_dict.get("header") or keys.HEADERS[0], str(data_dict.get("value") or "").strip()
    if wrong := keys.refusal(url, header, value):
        raise tk.ValidationError(cast(Any, wrong))
    keys.put(source_id, url, header, value, context.get("user", ""))
    model.Session.commit()
    return orden_harvest_secret_show(context, {"id": source_id})


def orden_harvest_secret_delete(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Forget the key of a harvest source.

    :param id: the id or name of the harvest source
    :returns: `deleted`, whether there was one
    """
    tk.check_access("orden_harvest_secret_delete", context, data_dict)
    deleted = keys.forget(package_id(data_dict))
    model.Session.commit()
    return {"deleted": deleted}


def orden_harvest_source_detect(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Which source type reads an address, and with what configuration; it and usual places of its site are asked.

    :param url: the address of a site, of its API, or of a file
    :returns: `found`, `source_type`, `label`, `url` (as a source should have it), `config`, `title`, `reason` (ja, en);
        `candidates`: all that would do, the best first; `tries`: what was asked; `problems` where nothing was found
    """
    tk.check_access("orden_harvest_source_detect", context, data_dict)
    _check_url({"url": tk.get_or_bust(data_dict, "url")})
    return detect.detect(data_dict["url"])


@tk.chained_action
def package_create(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; a harvest source has an http or https address, many datasets are written together."""
    if secrets.is_source(data_dict):
        _check_url(data_dict)
    waiting = context.get(bulk.KEY)
    # A link of the chain behind this one must not be left out.
    return waiting.take(context, data_dict) if waiting and original is bulk.core else original(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def package_show(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """CKAN's action; configuration and keys of a harvest source are shown to those only who may edit it."""
    shown = original(context, data_dict)
    if not secrets.is_source(shown):
        return shown
    if not secrets.may_edit(context, shown["id"]):
        return secrets.public(shown)
    if context.get("use_cache") is False:
        return shown
    # The search index holds what everybody may see: a form filled from there would lose the rest.
    return original(cast(Context, {**context, "use_cache": False}), data_dict)


@tk.chained_action
def package_update(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; people's edits of harvested datasets are noted; a source that moves is approved anew."""
    package = model.Package.get(data_dict.get("id") or data_dict.get("name"))
    if package:
        noticing.watch(context, package)
    if not package or package.type != "harvest":
        return original(context, data_dict)
    _check_url(data_dict)
    if not approval.is_lost(context, data_dict, package):
        return original(context, data_dict)
    approval.withdraw(package.id)
    try:
        return original(context, data_dict)
    except (tk.NotAuthorized, tk.ValidationError):
        model.Session.rollback()
        raise


@tk.chained_action
def harvest_jobs_run(original: Action, context: Context, data_dict: DataDict) -> Any:
    """Stock's action; before it, jobs whose worker has died are taken up again, and due sources are started."""
    tk.check_access("harvest_jobs_run", context, data_dict)
    if not data_dict.get("source_id"):
        now = utcnow()
        schedule.wake(now)
        jobs.resume_abandoned()
        schedule.start_due(now)
    return original(context, data_dict)


@tk.chained_action
def harvest_source_clear(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Stock's action, not during a run; what we know about the runs and records goes too."""
    tk.check_access("harvest_source_clear", context, data_dict)
    return runs.clear(package_id(data_dict), lambda: original(context, data_dict))


@tk.chained_action
@logic.auth_audit_exempt  # stock's own calls, from queues and the command line, have no user to ask for
def harvest_source_reindex(original: Action, context: Context, data_dict: DataDict) -> Any:
    """Stock's action, which forgets to ask who calls it from outside."""
    if "api_version" in context:
        tk.check_access("harvest_source_reindex", context, {"id": package_id(data_dict)})
    return original(context, data_dict)


@tk.chained_action
@logic.auth_audit_exempt  # as in stock, it is allowed to those who may clear the source
def harvest_source_job_history_clear(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Stock's action, not during a run; the runs of the jobs go too."""
    tk.check_access("harvest_source_clear", context, data_dict)
    return runs.clear(package_id(data_dict), lambda: original(context, data_dict))


@tk.chained_action
@tk.side_effect_free
def harvest_job_show(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Stock's action; `orden_run` tells how the job really ended."""
    return _with_run(original(context, data_dict), details.shown)


@tk.chained_action
@tk.side_effect_free
def harvest_job_list(original: Action, context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Stock's action; `orden_run` tells how each job really ended."""
    return [_with_run(job) for job in original(context, data_dict)]


@tk.chained_action
@tk.side_effect_free
def harvest_source_show_status(original: Action, context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Stock's action; `orden_run` tells the source's editors how the last job really ended."""
    status = original(context, data_dict)
    if not secrets.may_edit(context, data_dict["id"]):
        return secrets.without_texts(status)
    if status.get("last_job"):
        status["last_job"] = _with_run(status["last_job"], details.shown)
    return status


@tk.chained_action
@tk.side_effect_free
def harvest_source_list(original: Action, context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """Stock's action, which forgets to ask; configuration and keys are shown to those only who may edit the source."""
    tk.check_access("harvest_source_list", context, data_dict)
    sources = original(context, data_dict)
    return [source if secrets.may_edit(context, source["id"]) else secrets.public(source) for source in sources]


def _with_run(
    job: dict[str, Any], shown: Callable[[HarvestRun], dict[str, Any]] = HarvestRun.as_dict
) -> dict[str, Any]:
    run = model.Session.get(HarvestRun, job["id"])
    if run is None:
        return job
    stats = {**job.get("stats", {}), "not modified": run.counts.get("unchanged", 0)}
    return {**job, "stats": stats, "orden_run": shown(run)}


def _check_url(data_dict: DataDict) -> None:
    if "url" not in data_dict:
        return
    try:
        checked(data_dict["url"] or "")
    except SourceError as error:
        lang = tk.h.lang() if has_request_context() else "en"
        raise tk.ValidationError({"url": [error.texts.get(lang) or error.texts["en"]]}) from error
