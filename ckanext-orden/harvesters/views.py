"""Stock's harvest pages made safe: state changes by POST only, raw records as plain text."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckanext.harvest import utils
from flask import Blueprint, Response

from ..logic.attempts import reason

CHANGES = frozenset(("harvester.delete", "harvester.refresh", "harvester.clear", "harvester.job_abort"))
CHANGING_ACTIONS = frozenset(("harvest_source_reindex", "harvest_sources_reindex"))
"""Stock lets these be called by GET although they write to the search index."""

blueprint = Blueprint("orden_harvest", __name__)


@blueprint.before_app_request
def guard() -> Response | None:
    """Answer 405 to a GET that would change state, and serve raw records ourselves."""
    endpoint, arguments = tk.request.endpoint, tk.request.view_args or {}
    if tk.request.method in ("GET", "HEAD"):
        if endpoint in CHANGES or arguments.get("logic_function") in CHANGING_ACTIONS:
            return Response("Use POST.\n", status=405, headers={"Allow": "POST"}, mimetype="text/plain")
        if endpoint == "harvester.object_show":
            return raw_record(**arguments)
    return None


def raw_record(id: str, ref_type: str) -> Response:
    """The record as received: a download that no browser takes for a page."""
    wanted = {"id": id} if ref_type == "object" else {"dataset_id": id}
    try:
        found = tk.get_action("harvest_object_show")({"user": tk.g.user}, wanted)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Harvest object not found"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the harvest source may do this"))
    headers = {
        "Content-Disposition": f'attachment; filename="record-{found["id"]}.txt"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
    return Response(found["content"] or "", headers=headers, content_type="text/plain; charset=utf-8")


@blueprint.route("/harvest/delete/<id>", methods=["POST"])
def delete(id: str) -> Response:
    """Stock's deletion of a source, which it offers by GET."""
    try:
        return utils.delete_view(id)
    except tk.ValidationError as error:
        tk.h.flash_error(reason(error))
        return tk.h.redirect_to("harvester.admin", id=id)


@blueprint.route("/harvest/<source>/job/<id>/abort", methods=["POST"])
def abort(source: str, id: str) -> Response:
    """Stock's stop of a job, which it offers by GET."""
    return utils.job_abort_view(source, id)


@blueprint.route("/harvest/preview/<id>", methods=["GET", "POST"])
def preview(id: str) -> str | Response:
    """What a run would do with the first records: by POST the source is asked, by GET there is the button."""
    try:
        source = tk.get_action("harvest_source_show")({"user": tk.g.user}, {"id": id})
        tk.check_access("orden_harvest_preview_show", {"user": tk.g.user}, {"id": id})
        asks = tk.request.method == "POST"
        found = tk.get_action("orden_harvest_preview_show")({"user": tk.g.user}, {"id": id}) if asks else None
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Harvest source not found"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the harvest source may do this"))
    tk.g.dataset_type = utils.DATASET_TYPE_NAME  # stock's templates make links of it
    return tk.render("orden_harvest/preview.html", {"harvest_source": source, "preview": found})


@blueprint.route("/harvest/release/<id>", methods=["POST"])
def release(id: str) -> Response:
    """Let the deletions happen that wait for a person."""
    try:
        done = tk.get_action("orden_harvest_deletion_release")({"user": tk.g.user}, {"id": id})
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Harvest source not found"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the harvest source may do this"))
    except tk.ValidationError as error:
        tk.h.flash_error(reason(error))
    else:
        tk.h.flash_success(tk._("{count} datasets were deleted").format(count=done["deleted"]))
    return tk.h.redirect_to("harvester.admin", id=id)


@blueprint.route("/harvest/secret/<id>", methods=["POST"])
def secret(id: str) -> Response:
    """Set the key of a source, or forget it where the form says so."""
    deletes = "delete" in tk.request.form
    name = "orden_harvest_secret_delete" if deletes else "orden_harvest_secret_update"
    given = {field: tk.request.form.get(field, "") for field in ("header", "value")}
    try:
        tk.get_action(name)({"user": tk.g.user}, {"id": id, **({} if deletes else given)})
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Harvest source not found"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the harvest source may do this"))
    except tk.ValidationError as error:
        tk.h.flash_error(reason(error))
    else:
        tk.h.flash_success(tk._("The key was removed") if deletes else tk._("The key was saved"))
    return tk.h.redirect_to("harvester.admin", id=id)
