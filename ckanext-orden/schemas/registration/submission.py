"""What one request of the short form brings: its values, its file, and whose it is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.lib.uploader import MB as MEGABYTE
from ckan.lib.uploader import get_max_resource_size
from ckan.plugins import toolkit as tk
from ckan.types import Context
from werkzeug.datastructures import FileStorage

from ..indexing import organization_of
from ..judging import Judgement, judge
from ..model import OrdenDraft
from . import tickets
from .short_form import NAMES, Messages, Values, dataset_of, messages

_SEVERAL = ("theme",)


@dataclass(frozen=True)
class Submission:
    """The values as typed; `file` is the one just chosen, else the one that is kept with the draft.

    `proved` says that the form's own ticket, not only the session, names the user.
    """

    user: model.User
    ticket: tickets.Ticket
    proved: bool
    values: Values
    file: FileStorage | None
    chosen: bool
    dropped: bool

    @property
    def context(self) -> Context:
        return Context(user=self.user.name, auth_user_obj=self.user)

    @property
    def filename(self) -> str:
        return (self.file.filename or "") if self.file else ""

    def dataset(self) -> dict[str, Any]:
        """The dataset that would be registered."""
        organization = organization_of(self.values)
        return dataset_of(self.values, self.ticket.draft, self.filename, organization)

    def judged(self) -> Judgement:
        """What the catalogue says to it."""
        return judge(self.context, self.dataset())

    def messages(self, judgement: Judgement) -> Messages:
        """What keeps it from being registered, by input."""
        return {**messages(judgement, self.values, self.filename), **self._file_faults()}

    def _file_faults(self) -> Messages:
        if not self.file:
            return {}
        if self.values.get("file_url"):
            return {"file_url": [tk._("Either a file or an address: take one of them out.")]}
        limit, size = get_max_resource_size(), self.file.stream.seek(0, io.SEEK_END)
        self.file.stream.seek(0)
        if size <= limit * MEGABYTE:
            return {}
        said = tk._("The file is too large: at most {limit} MB. Make it smaller, or give its address.")
        return {"upload": [said.format(limit=limit)]}

    def keep(self) -> dict[str, Any]:
        """Stores the draft."""
        draft = {"id": self.ticket.draft, "values": self.values, "clear_upload": self.dropped}
        if self.chosen:
            draft["upload"] = self.file
        return tk.get_action("orden_schema_draft_update")(self.context, draft)

    def register(self) -> dict[str, Any]:
        """Registers the dataset with its file and forgets the draft."""
        dataset = self.dataset()
        if self.file:
            dataset["resources"][0]["upload"] = self.file
        created = tk.get_action("package_create")(self.context, dataset)
        if OrdenDraft.of(self.ticket.draft):
            tk.get_action("orden_schema_draft_delete")(self.context, {"id": self.ticket.draft})
        return created


def submitted() -> Submission | None:
    """The request's submission; None where nobody is logged in and no ticket says whose form it is."""
    ticket = tickets.read(tk.request.form.get("ticket", ""))
    current = tk.current_user
    if current.is_authenticated and (not ticket or ticket.user != current.id):
        own, proved = tickets.issue(current.id), False
    else:
        own, proved = ticket, True
    user = model.User.get(own.user) if own else None
    if not own or not user or not user.is_active:
        return None
    dropped = bool(tk.request.form.get("drop_file"))
    upload = tk.request.files.get("upload")
    chosen = bool(upload and upload.filename)
    return Submission(
        user=user,
        ticket=own,
        proved=proved,
        values=typed(),
        file=upload if chosen else None if dropped else kept_file(own),
        chosen=chosen,
        dropped=dropped and not chosen,
    )


def typed() -> Values:
    """The form's values as they were typed, empty ones left out."""
    form = tk.request.form
    lists = {name: [text for text in form.getlist(name) if text] for name in _SEVERAL}
    texts = {name: form.get(name, "").strip() for name in NAMES if name not in _SEVERAL}
    return {name: value for name, value in {**texts, **lists}.items() if value}


def kept_file(ticket: tickets.Ticket) -> FileStorage | None:
    """The file that is kept with the ticket's draft."""
    draft = OrdenDraft.of(ticket.draft)
    if not draft or draft.user_id != ticket.user or not draft.filename:
        return None
    return FileStorage(io.BytesIO(draft.content or b""), filename=draft.filename, name="upload")
