"""The button of the dataset's page that gives edited fields back to the source."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ..operations.views import said_of

blueprint = Blueprint("orden_harvest_ownership", __name__)


@blueprint.post("/harvest/return/<id>")
def give_back(id: str) -> Response:
    """Give back one field, one file or everything, and show the dataset."""
    asked = {name: tk.request.form.get(name, "") for name in ("file", "field")}
    try:
        done = tk.get_action("orden_harvest_edit_return")({"user": tk.g.user}, {"id": id, **asked})["returned"]
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Dataset not found"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the dataset may do this"))
    except tk.ValidationError as error:
        tk.h.flash_error(said_of(error))
    else:
        said = tk.ungettext("{n} edit was given back to the source", "{n} edits were given back to the source", done)
        tk.h.flash_success(said.format(n=done))
    return tk.h.redirect_to("dataset.read", id=id)
