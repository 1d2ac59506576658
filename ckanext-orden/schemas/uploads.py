"""Files that come with a new dataset: CKAN stores them for `package_update` only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from ckan import model
from ckan.lib.uploader import get_max_resource_size, get_resource_uploader
from ckan.plugins import toolkit as tk
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ..metadata.names import file_name

FILES = "orden_files"
"""Key of the context: the uploaders of the dataset's resources, by position."""


@contextmanager
def taken(context: Context, data_dict: dict[str, Any]) -> Iterator[None]:
    """Takes the files out of the resources and leaves there what CKAN stores about a file."""
    resources = data_dict.get("resources")
    given = enumerate(resources) if isinstance(resources, list) else ()
    files = {at: _taken(resource) for at, resource in given if isinstance(resource, Mapping) and resource.get("upload")}
    cast("dict[str, Any]", context)[FILES] = files
    try:
        yield
    except tk.ValidationError:
        model.Session.rollback()
        raise
    finally:
        cast("dict[str, Any]", context).pop(FILES, None)


def store(context: Context, dataset: Mapping[str, Any]) -> None:
    """Stores the files under the ids that their resources have got."""
    for at, file in context.get(FILES, {}).items():
        try:
            file.upload(dataset["resources"][at]["id"], get_max_resource_size())
        except tk.ValidationError as error:
            raise tk.ValidationError({"resources": [{}] * at + [error.error_dict]}) from error


def named(data_dict: Mapping[str, Any]) -> None:
    """Gives files with Japanese names ones that CKAN does not cut down to `.csv`, and their resources the full name."""
    resources = data_dict.get("resources")
    for resource in resources if isinstance(resources, list) else ():
        file = resource.get("upload") if isinstance(resource, dict) else None
        if isinstance(file, FileStorage) and file.filename:
            resource["name"] = resource.get("name") or file.filename
            file.filename = file_name(file.filename, str(data_dict.get("name") or "data"))


def _taken(resource: Any) -> Any:
    file = get_resource_uploader(resource)
    for field, attribute in (("mimetype", "mimetype"), ("size", "filesize")):
        if getattr(file, attribute, None) and not resource.get(field):
            resource[field] = getattr(file, attribute)
    return file
