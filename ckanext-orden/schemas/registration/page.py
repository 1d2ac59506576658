"""The short form as a page, and its answers to the script that checks while somebody types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ckan.plugins import toolkit as tk

from ... import config
from ...metadata.parsing.text import one_line
from ..definition import dataset_fields, resource_fields
from ..indexing import AXES, axes_of, organization_of
from ..judging import Judgement
from ..model import OrdenDraft
from . import copying, tickets
from .short_form import ASKED, FOLDED, Messages, Values, advice, defaults, values_of
from .submission import Submission

TEMPLATE = "orden_schema/register.html"


def empty(draft_id: str, copied_name: str) -> str:
    """The form as it is first shown."""
    user_id = tk.current_user.id
    organizations = tk.h.organizations_available("create_dataset")
    own = organization_of({"owner_org": organizations[0]["id"]}) if len(organizations) == 1 else None
    values = defaults(own, dt.datetime.now(tk.h.get_display_timezone()).date())
    draft = OrdenDraft.of(draft_id) if draft_id else None
    source = copying.source(copied_name) if copied_name else None
    if draft_id and (not draft or draft.user_id != user_id):
        return tk.abort(404, tk._("There is no such draft"))
    if copied_name and not source:
        return tk.abort(404, tk._("Dataset not found"))
    if source:
        values.update(values_of(source))
    return _rendered(
        values=draft.values if draft else values,
        ticket=tickets.issue(user_id, draft.id if draft else ""),
        organizations=organizations,
        filename=draft.filename if draft else "",
        source=source,
    )


def corrected(given: Submission, judgement: Judgement, errors: Messages, draft: dict[str, Any]) -> str:
    """The form with what was typed and what is wrong with it."""
    return _rendered(
        values=given.values,
        ticket=given.ticket,
        organizations=tk.h.organizations_available("create_dataset"),
        filename=draft["filename"],
        file_lost=given.chosen and not draft["file_kept"],
        errors=errors,
        advice=advice(judgement),
        axes=judgement.axes,
    )


def answer(given: Submission) -> dict[str, Any]:
    """The messages and the axes for the script."""
    judgement = given.judged()
    return {
        "errors": given.messages(judgement),
        "advice": advice(judgement),
        "axes": axes_panel(judgement.axes),
    }


def kept(draft: dict[str, Any]) -> dict[str, Any]:
    """What the script shows when the draft has been saved."""
    at = _clock(dt.datetime.fromisoformat(draft["updated_at"]))
    return {"saved": tk._("Draft saved at {time}").format(time=at), "file": draft["filename"]}


def axes_panel(axes: dict[str, Any]) -> str:
    """The list of the five axes with their reasons."""
    return str(tk.render_snippet("orden/snippets/axes_reasons.html", {"dataset": {AXES: axes}}))


def _rendered(*, values: Values, ticket: tickets.Ticket, **page: Any) -> str:
    fields = {field["field_name"]: field for field in (*dataset_fields(), *_of_resource("format"))}
    shown = {
        "values": values,
        "ticket": ticket.signed(),
        "fields": fields,
        "asked": ASKED,
        "folded": FOLDED,
        "errors": {},
        "advice": {},
        "axes": axes_of(dict(values)),
        "drafts": [draft for draft in _drafts(ticket.user) if draft["id"] != ticket.draft],
        "source": None,
        "file_lost": False,
        "days": config.schema_draft_days(),
        **page,
    }
    return tk.render(TEMPLATE, {"form": shown})


def _drafts(user_id: str) -> list[dict[str, Any]]:
    """A user's drafts by title, day and time."""
    return [
        {
            "id": draft.id,
            "title": one_line(draft.values.get("title")) or tk._("(no title)"),
            "day": draft.updated_at,
            "clock": _clock(draft.updated_at),
        }
        for draft in OrdenDraft.of_user(user_id)
    ]


def _clock(moment: dt.datetime) -> str:
    """The time of day in the site's time zone."""
    return moment.replace(tzinfo=dt.timezone.utc).astimezone(tk.h.get_display_timezone()).strftime("%H:%M")


def _of_resource(*names: str) -> Iterable[dict[str, Any]]:
    return (field for field in resource_fields() if field["field_name"] in names)
