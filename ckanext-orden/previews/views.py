"""The room's door: a stored PDF or image as a page shows it."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, send_file

from .. import config
from . import files, kinds

blueprint = Blueprint("orden_preview", __name__)
_POLICIES = {
    kinds.PDF: "frame-ancestors 'self'",
    kinds.IMAGE: "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
}
"""An SVG opened on its own runs nothing; browsers show no PDF in a sandbox."""


@blueprint.get("/dataset/<id>/resource/<resource_id>/preview")
def show(id: str, resource_id: str) -> Response:
    """The file, under the media type that its first bytes tell; nothing that a browser could take for a page."""
    try:
        dataset = tk.get_action("package_show")({}, {"id": id})
        resource = tk.get_action("resource_show")({}, {"id": resource_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Resource not found"))
    if resource["package_id"] != dataset["id"] or not files.is_stored(resource):
        return tk.abort(404, tk._("Resource not found"))
    path = files.path_of(resource)
    start, size = files.start_of(path)
    kind = kinds.kind_of(start)
    if kind is None or size > config.preview_max_bytes():
        return tk.abort(404, tk._("This file cannot be shown in a page"))
    answer = send_file(path, mimetype=kind.mimetype, download_name=files.name_of(resource) or resource_id)
    answer.headers["Content-Security-Policy"] = _POLICIES[kind.shown_as]
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
