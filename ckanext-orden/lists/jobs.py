"""Long lists are applied by a worker of `ckan jobs worker`."""

from __future__ import annotations

import logging
from typing import cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from .model import ListUpload, get
from .wording import in_the_sites_language

log = logging.getLogger(__name__)

_TIMEOUT = 4 * 3600


def queue(upload: ListUpload, user: str) -> None:
    """Hand an upload to a worker; RedisError when the queue does not answer."""
    title = f"apply the list {upload.id}"
    tk.enqueue_job(run, [upload.id, user], title=title, rq_kwargs={"timeout": _TIMEOUT})
    upload.state = "applying"
    model.Session.commit()


def run(upload_id: str, user: str) -> None:
    """Apply an upload in the name of a user; what stands against it as a whole is noted where the clerk sees it."""
    try:
        with in_the_sites_language():
            tk.get_action("orden_list_apply")(cast(Context, {"user": user}), {"id": upload_id})
    except (tk.NotAuthorized, tk.ObjectNotFound, tk.ValidationError) as error:
        log.warning("The list %s was not applied: %s", upload_id, error)
        upload = get(upload_id)
        if upload and not isinstance(error, tk.ValidationError):
            text = "You may not register datasets of this organization any more."
            upload.state = "failed"
            upload.problem = {"en": text, "ja": "この団体のデータセットを登録する権限がなくなりました。"}
            model.Session.commit()
