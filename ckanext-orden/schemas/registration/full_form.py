"""CKAN's own form, in sections: its answers to the script that checks while somebody types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ckan.lib.navl.dictization_functions import DataError, unflatten
from ckan.logic import clean_dict, parse_params, tuplize_dict
from ckan.plugins import toolkit as tk

from ...types import Issue
from .page import axes_panel
from .short_form import Messages


def answer() -> dict[str, Any]:
    """The messages by the form's inputs, and the axes."""
    said = tk.get_action("orden_schema_dataset_validate")({"user": tk.current_user.name}, _typed())
    return {
        "errors": dict(_by_input(said["errors"])),
        "advice": _advice(said["issues"]),
        "axes": axes_panel(said["axes"]),
    }


def _typed() -> dict[str, Any]:
    """The form as CKAN reads it."""
    try:
        values = clean_dict(unflatten(tuplize_dict(parse_params(tk.request.form))))
    except DataError as error:
        raise tk.ValidationError({"dataset": [tk._("This is not a dataset")]}) from error
    identifier = values.pop("pkg_name", None)
    return {**values, "id": identifier} if identifier else values


def _by_input(errors: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """CKAN's `error_dict` by the names of the inputs: `title`, `contact-0-email`."""
    for name, found in errors.items():
        if all(isinstance(entry, Mapping) for entry in found):
            for at, entry in enumerate(found):
                yield from _by_input(entry, f"{prefix}{name}-{at}-")
        else:
            yield prefix + name, [str(text) for text in found]


def _advice(issues: list[dict[str, Any]]) -> Messages:
    found: Messages = {}
    for issue in issues:
        if issue["severity"] == "warning" and not issue["where"]:
            found.setdefault(issue["field"], []).append(Issue(**issue).text(tk.h.lang()))
    return found
