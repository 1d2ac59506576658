"""Validators of what several rooms take."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Validator
from werkzeug.datastructures import FileStorage


def a_file(value: Any) -> Any:
    """A file that was uploaded: a field of JSON cannot be one."""
    if not isinstance(value, FileStorage):
        raise tk.Invalid(tk._("Upload a file: send the request as multipart/form-data"))
    return value


def at_most(most: int) -> Validator:
    """A number that is no larger; what is no number has been refused before."""

    def validate_most(value: Any) -> Any:
        if isinstance(value, int) and value > most:
            raise tk.Invalid(tk._("At most {limit} in one answer").format(limit=most))
        return value

    return validate_most
