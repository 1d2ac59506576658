"""What the actions of the market share: reading what is asked, and saying why it is refused."""

from __future__ import annotations

from typing import Any, cast

from ckan.plugins import toolkit as tk
from ckan.types import Context, ErrorDict, Schema

from ...helpers.languages import readers_language
from ..errors import Refused


def valid(context: Context, data_dict: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """What an action is asked, as its schema reads it; raises ValidationError."""
    given = {name: "" if value == [] else value for name, value in data_dict.items()}  # navl validates no empty list
    data, errors = tk.navl_validate(given, schema, context)
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    return data


def errors_of(refused: Refused) -> ErrorDict:
    """The problems by field, in the language of the request."""
    errors: dict[str, list[str]] = {}
    for issue in refused.issues:
        errors.setdefault(issue.field or "offer", []).append(issue.text(readers_language()))
    return cast(ErrorDict, errors)
