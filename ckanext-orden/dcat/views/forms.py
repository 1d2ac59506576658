"""The catalogue as data.json, and a dataset as Croissant."""

from __future__ import annotations

import gzip
import json
import os
from datetime import datetime, timezone
from typing import IO

from ckan.plugins import toolkit as tk
from ckan.types import Response
from ckanext.dcat.helpers import endpoints_enabled
from flask import Blueprint, jsonify, make_response, request

from ... import config
from ..catalogue import data_json
from ..catalogue.pages import Answer
from ..exports import croissant
from ..exports.columns import columns
from ..exports.site import this_site
from .documents import respond

LINKED_DATA = "application/ld+json"
RETRY_SECONDS = 120

orden_dcat_forms = Blueprint("orden_dcat_forms", __name__)


@orden_dcat_forms.before_request
def only_where_endpoints_are_on() -> None:
    """ckanext-dcat's option closes these too."""
    if not endpoints_enabled():
        tk.abort(404)


@orden_dcat_forms.get("/data.json")
def data_json_file() -> Response:
    """All public datasets as DCAT-US 1.1; 503 until it is written for the first time, 404 where it never is."""
    try:
        tk.check_access("dcat_catalog_show", {}, {})
        return _sent(data_json.path().open("rb"))
    except tk.NotAuthorized:
        return tk.abort(403)
    except tk.ValidationError:
        return tk.abort(404)
    except FileNotFoundError:
        return _not_yet()


@orden_dcat_forms.get("/dataset/<id>/croissant.jsonld")
def croissant_file(id: str) -> Response:
    """A dataset with its tables as Croissant."""
    try:
        dataset = tk.get_action("package_show")({}, {"id": id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Dataset not found"))
    made = croissant.dataset(dataset, this_site(), columns(dataset))
    return respond(Answer.of(json.dumps(made, ensure_ascii=False, indent=2)), LINKED_DATA)


def _sent(file: IO[bytes]) -> Response:
    """The document as it lies there, or unpacked for one who does not take gzip, or 304."""
    stat = os.fstat(file.fileno())
    zipped = request.accept_encodings.quality("gzip") > 0
    content = file if zipped else gzip.GzipFile(fileobj=file)
    response = make_response(iter(lambda: content.read(1 << 16), b""))
    response.call_on_close(file.close)
    response.mimetype = "application/json"
    response.set_etag(f"{stat.st_mtime_ns:x}-{stat.st_size:x}", weak=True)
    response.last_modified = datetime.fromtimestamp(stat.st_mtime, timezone.utc)
    response.vary.add("Accept-Encoding")
    if zipped:
        response.content_encoding = "gzip"
        response.content_length = stat.st_size
    response.make_conditional(request)
    return response


def _not_yet() -> Response:
    if not config.dcat_dump_hours():
        return tk.abort(404)
    response = jsonify({"error": tk._("The dump of the catalogue has not been written yet")})
    response.status_code = 503
    response.retry_after = RETRY_SECONDS
    return response
