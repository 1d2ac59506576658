"""Validators of what several rooms take."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage


def a_file(value: Any) -> Any:
    """A file that was uploaded: a field of JSON cannot be one."""
    if not isinstance(value, FileStorage):
        raise tk.Invalid(tk._("Upload a file: send the request as multipart/form-data"))
    return value
