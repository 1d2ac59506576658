"""Whole lists in and out: preview, application, result, export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, ErrorDict, Schema
from redis.exceptions import RedisError

from ... import config
from ...errors import SourceError
from .. import applying, exporting, jobs, showing
from ..model import ListUpload, get, unindexed
from ..previewing import Given, preview
from ..wording import wording
from . import schema

__all__ = ["orden_list_apply", "orden_list_export", "orden_list_preview", "orden_list_show"]


def orden_list_preview(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read a list and say what it would do, dataset by dataset; nothing is written to the catalogue.

    :param organization: the id or name of the organization that the datasets belong to
    :param upload: the list as a file (CSV or XLSX, オープンデータ一覧 of either generation), or
    :param text: the list as CSV text
    :param filename: what to call it
    :param empties: true lets an empty cell empty what is registered (default: it leaves it)
    :param state, limit, offset: which rows to answer with (see `orden_list_show`)
    :returns: the upload as `orden_list_show` gives it
    """
    data = _valid(context, data_dict, schema.orden_list_preview())
    tk.check_access("orden_list_preview", context, data)
    owner = _organization(data["organization"])
    given = Given(_bytes(data), _filename(data), data.get("empties", False))
    try:
        upload = preview(given, owner, _user_id(context))
    except SourceError as error:
        raise tk.ValidationError({"upload": [wording(error.texts)]}) from error
    return showing.show(upload, owner, data)


@tk.side_effect_free
def orden_list_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """A list that was handed in: its state, counts, progress and rows.

    :param id: the upload's id
    :param state: only rows that are `new`, `changed`, `unchanged`, `wrong` or `not_listed`
    :param limit: how many rows at most (default 100, at most 10,000)
    :param offset: how many rows to leave out
    """
    data = _valid(context, data_dict, schema.orden_list_show())
    tk.check_access("orden_list_show", context, data)
    upload = _upload(data)
    return showing.show(upload, _organization(upload.organization_id), data)


def orden_list_apply(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Register what the preview calls new, and change what it calls changed, with the caller's own rights.

    Each row is held against the present first: a dataset that somebody has changed since the preview is left alone.
    A second call goes on where an interrupted one stopped; when everything is applied it writes nothing.

    :param id: the upload's id
    :param background: true hands it to a worker and answers at once (default: false)
    :returns: the upload as `orden_list_show` gives it, without rows
    """
    data = _valid(context, data_dict, schema.orden_list_apply())
    tk.check_access("orden_list_apply", context, data)
    upload = _upload(data)
    owner = _organization(upload.organization_id)
    if upload.state != "applied" or unindexed(upload.id):
        try:
            _apply(context, upload, owner, background=data.get("background", False))
        except applying.Busy as error:
            text = tk._("A list of this organization is being applied; wait until it has ended")
            raise tk.ValidationError({"id": [text]}) from error
    return showing.show(upload, owner, {"limit": 0, "offset": 0})


@tk.side_effect_free
def orden_list_export(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """An organization's datasets as オープンデータ一覧 (45 columns, one row a file), to be edited and handed in again.

    :param organization: the id or name of the organization
    :param private: true adds private datasets (default: false)
    :returns: `columns`, `rows` (a list of texts each), and the `issues` that say what a row cannot hold
    """
    data = _valid(context, data_dict, schema.orden_list_export())
    tk.check_access("orden_list_export", context, data)
    return exporting.export(context, _organization(data["organization"]), private=data.get("private", False))


def _valid(context: Context, data_dict: dict[str, Any], schema_: Schema) -> dict[str, Any]:
    data, errors = tk.navl_validate(data_dict, schema_, context)
    if data.get("limit", 0) > schema.LIMIT:
        errors["limit"] = [tk._("At most {limit} rows in one answer").format(limit=schema.LIMIT)]
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    return data


def _bytes(data: Mapping[str, Any]) -> bytes:
    """The list's bytes, no more of them than are allowed and one."""
    upload, text = data.get("upload"), data.get("text")
    if (upload is None) == (text is None):
        raise tk.ValidationError({"upload": [tk._("Give exactly one of upload and text")]})
    if text is not None:
        return text.encode("utf-8", "surrogatepass")
    stream = getattr(upload, "stream", None) or getattr(upload, "file", None)
    if stream is None:
        raise tk.ValidationError({"upload": [tk._("Send the list as a file")]})
    return stream.read(config.list_max_bytes() + 1)


def _filename(data: Mapping[str, Any]) -> str:
    name = data.get("filename") or getattr(data.get("upload"), "filename", "") or ""
    return str(name).replace("\\", "/").rsplit("/", 1)[-1]


def _organization(name: str) -> dict[str, Any]:
    """The organisation with the fields of our schema; who asks has been checked."""
    wanted = {"id": name, "include_users": False, "include_dataset_count": False, "include_groups": False}
    return tk.get_action("organization_show")(cast(Context, {"ignore_auth": True}), wanted)


def _upload(data: Mapping[str, Any]) -> ListUpload:
    upload = get(data["id"])
    if upload is None:
        raise tk.ObjectNotFound(tk._("List not found; it may have expired"))
    return upload


def _user_id(context: Context) -> str:
    user = model.User.get(context.get("user"))
    return user.id if user else ""


def _apply(context: Context, upload: ListUpload, owner: Mapping[str, Any], *, background: bool) -> None:
    user = context.get("user", "")
    if not background:
        applying.apply(upload, owner, user, context.get("orden_list_say", lambda _upload: None))
        return
    if applying.is_running(upload):
        raise applying.Busy
    try:
        jobs.queue(upload, user)
    except RedisError as error:
        text = tk._("The queue of jobs does not answer; try again in a few minutes")
        raise tk.ValidationError({"background": [text]}) from error
