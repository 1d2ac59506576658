"""A preview becomes datasets: batch by batch, with the clerk's own rights, each row held against the present first.

An item gets its outcome in the transaction that writes its dataset. So a run that was killed goes on where it stopped,
and nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..clock import utcnow
from ..errors import OrdenError, RecordError
from ..logic import documents, locks, writing
from ..metadata.mapping.differences import merged
from ..metadata.names import dataset_name
from ..metadata.parsing.list_columns import Generation
from ..types import Issue, Report
from . import problems, stored
from .model import ListUpload, mark_indexed, plain, put, unindexed, waiting
from .previewing import taking
from .problems import Place
from .rows import judge
from .stored import Dataset

Say = Callable[[ListUpload], object]


class Busy(OrdenError):  # noqa: N818 - the normal answer to a second start
    """Another worker applies a list of this organisation at this moment."""


def is_running(upload: ListUpload) -> bool:
    """Whether a worker applies a list of the upload's organisation at this moment."""
    return not locks.is_free(_lock_name(upload))


def apply(upload: ListUpload, owner: Mapping[str, Any], user: str, say: Say = lambda _upload: None) -> None:
    """Write what is still to be written; raises Busy while another worker does."""
    with locks.lock(_lock_name(upload)) as lock:
        if lock is None:
            raise Busy
        upload.state, upload.started, upload.problem = "applying", upload.started or utcnow(), None
        model.Session.commit()
        _Application(upload, dict(owner), user, say).run(lock.check)
        upload.state, upload.finished = "applied", utcnow()
        model.Session.commit()
        say(upload)


def _lock_name(upload: ListUpload) -> str:
    return f"orden_list:{upload.organization_id}"


@dataclass
class _Work:
    """One item with the dataset that is in the catalogue now, and what came of it."""

    item: Any
    present: Dataset | None
    dataset_id: str | None = None
    outcome: str = ""
    files: Sequence[Mapping[str, Any]] = ()

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        return Place(self.item.line, self.item.file_lines)

    @property
    def written_place(self) -> Place:
        """The same with the lines of the files that are written, in their order."""
        return self.place.among(self.wanted.get("resources") or [], self.files)

    @property
    def written(self) -> Dataset:
        """What the list says, with the files that are written."""
        return {**self.wanted, "resources": list(self.files)}

    @property
    def wanted(self) -> Dataset:
        return self.item.wanted or {}


class _Application:
    """One run over the items that have no outcome yet."""

    def __init__(self, upload: ListUpload, owner: Dataset, user: str, say: Say) -> None:
        self._upload, self._owner, self._user, self._say = upload, owner, user, say
        self._generation: Generation = upload.generation
        self._id, self._how = upload.id, taking(upload)

    def run(self, check: Callable[[], object]) -> None:
        """Index what an interrupted run left behind, then write the rest."""
        self._index(unindexed(self._id))
        writing.in_batches(self._all(), self._write, self._fail, self._done, check)

    def _all(self) -> Iterator[_Work]:
        """The work in portions of one batch, each read when its turn has come."""
        positions = iter(waiting(self._id))
        while some := list(islice(positions, writing.BATCH)):
            found = plain(self._id, some)
            known = [item.dataset_id for item in found if item.dataset_id]
            present = stored.some(self._owner, known, [item.guid for item in found])
            for item in found:
                yield _Work(item, present.by_id.get(item.dataset_id) or present.find(item.guid))

    def _write(self, batch: Sequence[_Work]) -> None:
        for work in batch:
            work.dataset_id = work.present["id"] if work.present else None
            work.outcome = self._allowed(work)
            issues = [problems.said("list.edited", work.place)] if work.outcome == "edited" else []
            self._note(work, issues, dataset_id=work.dataset_id, indexed=not self._is_written(work))
        model.Session.commit()

    def _allowed(self, work: _Work) -> str:
        """The outcome of an item; RecordError with the catalogue's reasons where it refuses the dataset."""
        try:
            return self._outcome(work)
        except tk.ValidationError as error:
            raise RecordError(
                Report(tuple(problems.refused(error.error_dict, work.written_place, work.written)))
            ) from error
        except tk.NotAuthorized as error:
            raise RecordError(Report((problems.said("list.not_allowed", work.place),))) from error

    def _outcome(self, work: _Work) -> str:
        """Create, update, or leave a dataset that somebody has changed since the clerk looked at it."""
        item, present = work.item, work.present
        if not present or present["state"] == "deleted":
            return "edited" if item.state == "changed" else self._create(work)
        judged = judge(work.wanted, present, self._owner, self._how, work.place)
        if not judged.changes:
            return "unchanged"
        if item.state == "new" or judged.changes != item.changes:
            return "edited"
        if judged.refused:
            raise RecordError(Report(tuple(judged.issues)))
        return self._update(work)

    def _create(self, work: _Work) -> str:
        """A new dataset under its stable name, or the deleted one of that name again."""
        if work.present:
            self._update(work, state="active")
        else:
            named = {"type": "dataset", "owner_org": self._owner["id"]}
            values = {**work.wanted, **named, "name": dataset_name(self._owner["name"], work.item.guid)}
            work.files = values.get("resources") or []
            work.dataset_id = writing.create(values, self._context())
        return "created"

    def _update(self, work: _Work, **more: Any) -> str:
        shown = writing.stored(work.dataset_id or "", self._context())
        values = {**merged(work.wanted, shown, self._how), **more}
        work.files = values["resources"]
        # CKAN does not call a deferred update a change, and would leave it out of the dataset's history.
        writing.update(values, self._context(original_package=shown, changed_entities={"packages": {shown["id"]}}))
        return "updated"

    def _context(self, **more: Any) -> Context:
        return cast(Context, {"user": self._user, **more})

    def _fail(self, work: _Work, issues: tuple[Issue, ...]) -> None:
        work.outcome = "failed"
        self._note(work, issues)
        model.Session.commit()

    def _note(self, work: _Work, issues: Sequence[Issue], **values: Any) -> None:
        found = [*work.item.issues, *(problems.as_row(issue, self._generation) for issue in issues)]
        put(self._id, work.item.position, outcome=work.outcome, issues=found, **values)

    def _done(self, batch: Sequence[_Work]) -> None:
        self._index([work.dataset_id for work in batch if work.dataset_id and self._is_written(work)])
        self._say(self._upload)

    @staticmethod
    def _is_written(work: _Work) -> bool:
        return work.outcome in ("created", "updated")

    def _index(self, dataset_ids: Sequence[str]) -> None:
        failed = set(documents.index(dataset_ids))
        mark_indexed(self._id, [dataset_id for dataset_id in dataset_ids if dataset_id not in failed])
        model.Session.commit()
