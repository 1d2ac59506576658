"""Actions on drafts: what a user has typed and not registered yet is kept for that user alone."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict
from werkzeug.datastructures import FileStorage

from ... import config
from ..model import OrdenDraft

MAX_VALUES = 1_000_000
"""Characters of all values together: more than a browser's form may hold, so that only a script meets the limit."""

_ID = re.compile(r"[0-9a-f-]{36}")


@tk.side_effect_free
def orden_schema_draft_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The user's own drafts, the newest first."""
    tk.check_access("orden_schema_draft_list", context, data_dict)
    return [draft.as_dict() for draft in OrdenDraft.of_user(_user_id(context))]


@tk.side_effect_free
def orden_schema_draft_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """One of the user's own drafts: `values`, `filename`, `size`, `updated_at`, `expires_at`.

    :param id: the id of the draft
    """
    return _own(context, data_dict, "orden_schema_draft_show").as_dict()


def orden_schema_draft_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Keeps the values of a form, and a file, in the place of what was kept before; `file_kept` says whether it fits.

    :param id: the id of the draft; a new one is made without it
    :param values: the form's values: texts and lists of texts by name
    :param upload: a file; without it the one that is kept stays
    :param clear_upload: true forgets the file that is kept
    """
    tk.check_access("orden_schema_draft_update", context, data_dict)
    identity = str(data_dict.get("id") or uuid.uuid4())
    if not _ID.fullmatch(identity):
        raise tk.ValidationError({"id": [tk._("This is not the id of a draft")]})
    values = _values(data_dict.get("values"))
    draft = OrdenDraft.put(identity, _user_id(context), values, config.schema_draft_days())
    kept = _keep_file(draft, data_dict)
    model.repo.commit()
    return {**draft.as_dict(), "file_kept": kept}


def orden_schema_draft_delete(context: Context, data_dict: DataDict) -> None:
    """Forgets one of the user's own drafts with its file.

    :param id: the id of the draft
    """
    model.Session.delete(_own(context, data_dict, "orden_schema_draft_delete"))
    model.repo.commit()


def _own(context: Context, data_dict: DataDict, action: str) -> OrdenDraft:
    draft = OrdenDraft.of(str(tk.get_or_bust(data_dict, "id")))
    if not draft:
        raise tk.ObjectNotFound(tk._("There is no such draft"))
    tk.check_access(action, context, data_dict)
    return draft


def _user_id(context: Context) -> str:
    user = model.User.get(context.get("user"))
    if not user:
        raise tk.NotAuthorized(tk._("Log in to keep drafts"))
    return user.id


def _values(given: Any) -> dict[str, Any]:
    """The values as they can be stored; PostgreSQL's JSON holds no NUL."""
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
        raise tk.ValidationError({"values": [tk._("These are not the values of a form")]})
    text = json.dumps(given, ensure_ascii=False)
    if len(text) > MAX_VALUES:
        raise tk.ValidationError({"values": [tk._("The draft is too long to be kept")]})
    return json.loads(text.replace("\\u0000", ""))


def _keep_file(draft: OrdenDraft, data_dict: DataDict) -> bool:
    upload = data_dict.get("upload")
    if data_dict.get("clear_upload"):
        draft.take_file("", None)
    if not isinstance(upload, FileStorage) or not upload.filename:
        return bool(draft.filename)
    limit = config.schema_draft_max_bytes()
    content = b"" if upload.stream.closed else upload.stream.read(limit + 1)
    fits = 0 < len(content) <= limit
    draft.take_file(upload.filename if fits else "", content if fits else None)
    if fits:
        upload.stream.seek(0)
    return fits
