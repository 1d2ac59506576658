"""Web doors of the DCAT room."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import CONTENT_TYPES
from flask import Blueprint

ENDPOINTS = frozenset(("dcat.read_catalog", "dcat.read_dataset", "dcat.read_dataset_series"))

orden_dcat = Blueprint("orden_dcat", __name__)


@orden_dcat.before_app_request
def refuse_unknown_format() -> None:
    """`/catalog.xyz` is a page that does not exist, not a fault of the server."""
    format_ = (tk.request.view_args or {}).get("_format")
    if tk.request.endpoint in ENDPOINTS and format_ is not None and format_ not in CONTENT_TYPES:
        tk.abort(404, tk._("There is no such format: {formats}").format(formats=", ".join(sorted(CONTENT_TYPES))))
