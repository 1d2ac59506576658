"""A table of offers held against what is stored: what each row would do, and doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from sqlalchemy import select

from ...helpers.languages import readers_language
from ...metadata.offers import check, values_of
from ...metadata.offers.problems import problem
from ...types import Issue
from ..model.offers import LIVE, OPEN, MarketOffer
from ..registry import markets
from . import table

STATES = ("new", "changed", "unchanged", "wrong")
MOST = 1000
"""Rows of one table."""


@dataclass(frozen=True)
class Planned:
    """What a row would do."""

    line: int
    state: str
    dataset: str = ""
    id: str = ""
    title: str = ""
    issues: tuple[Issue, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    revision: int | None = None
    stands: bool = False
    """Whether it changes a version that stands: then the next one is begun."""


def plan(data: bytes, organization_id: str) -> tuple[list[Issue], list[Planned]]:
    """What is to be said of the table as a whole, and what each row would do; SourceError where there is no table."""
    found = table.read(data)
    if wrong := list(_wrong_columns(found.header)):
        return wrong, []
    planned: list[Planned] = []
    for line in found.lines:
        if len(planned) == MOST:
            return [problem("too_many_rows", "", str(MOST))], []
        planned.append(_planned(line, organization_id))
    return list(found.issues), planned


def apply(context: Context, planned: list[Planned]) -> list[Planned]:
    """Write new and changed rows as drafts, in the caller's name; what is refused is wrong with its reason."""
    return [_applied(context, each) if each.state in ("new", "changed") else each for each in planned]


def told(planned: list[Planned], wrong: list[Issue], *, applied: bool) -> dict[str, Any]:
    """The plan, or what came of it, as an action answers it."""
    counts = Counter(each.state for each in planned)
    return {
        "applied": applied,
        "counts": {state: counts[state] for state in STATES},
        "issues": [asdict(issue) for issue in wrong],
        "rows": [_told(each) for each in planned],
    }


def export(organization_id: str) -> list[list[str]]:
    """The offers of an organization that have not ended, with a header."""
    query = (
        select(MarketOffer, model.Package.name)
        .join(model.Package, model.Package.id == MarketOffer.package_id)
        .where(model.Package.owner_org == organization_id, MarketOffer.state.in_((*OPEN, *LIVE)))
        .order_by(model.Package.name, MarketOffer.created, MarketOffer.number)
    )
    found = list(model.Session.execute(query))
    header = table.columns([row.content for row, _ in found])
    keys = ({"dataset": name, "id": row.id, "revision": row.revision} for row, name in found)
    return [header, *(table.row(key, row.content, header) for key, (row, _) in zip(keys, found, strict=True))]


def _wrong_columns(header: list[str]) -> Iterator[Issue]:
    for name in header:
        if name not in table.KEYS and not table.parsed(name)[0]:
            yield problem("column_unknown", name, name)
    if "dataset" not in header:
        yield problem("column_missing", "dataset")


def _planned(line: table.Line, organization_id: str) -> Planned:
    named = line.cells.get("dataset", "").strip()
    package = model.Package.get(named) if named else None
    if package is None or package.owner_org != organization_id or package.state != "active":
        return Planned(line.number, "wrong", named, issues=(problem("row_dataset", "dataset", named),))
    offer_id = line.cells.get("id", "").strip()
    row = MarketOffer.get(offer_id) if offer_id else None
    if offer_id and (row is None or row.package_id != package.id):
        return Planned(line.number, "wrong", named, offer_id, issues=(problem("row_offer", "id", offer_id),))
    wanted = table.values(line.cells, row.content if row else {})
    found = check(wanted, markets(), draft=True)
    planned = Planned(line.number, "wrong", package.name, offer_id, _title(wanted))
    if found.offer is None:
        return replace(planned, issues=tuple(issue for issue in found.report.issues if issue.severity == "error"))
    planned = replace(planned, values=values_of(found.offer))
    return _changing(planned, row, line) if row else _beginning(planned, package.id)


def _changing(planned: Planned, row: MarketOffer, line: table.Line) -> Planned:
    if planned.values == row.content:
        return replace(planned, state="unchanged")
    seen = line.cells.get("revision", "").strip()
    if seen and seen != str(row.revision):
        return replace(planned, issues=(problem("stale", "revision", str(row.revision)),))
    stands = row.state in LIVE
    if stands and MarketOffer.of_series(row.series_id, OPEN):
        return replace(planned, issues=(problem("open_version", "id"),))
    if not stands and row.state != "draft":
        return replace(planned, issues=(problem("not_live", "id"),))
    return replace(planned, state="changed", revision=row.revision, stands=stands)


def _beginning(planned: Planned, package_id: str) -> Planned:
    """A row without an id begins an offer, unless the dataset has one that says the same."""
    query = select(MarketOffer).where(MarketOffer.package_id == package_id, MarketOffer.state.in_((*OPEN, *LIVE)))
    same = next((row for row in model.Session.execute(query).scalars() if row.content == planned.values), None)
    return replace(planned, state="unchanged", id=same.id) if same else replace(planned, state="new")


def _applied(context: Context, planned: Planned) -> Planned:
    try:
        return replace(planned, id=_written(context, planned))
    except tk.ValidationError as error:
        texts = [
            str(text) for found in error.error_dict.values() for text in (found if isinstance(found, list) else [])
        ]
        refused = " ".join(texts)
        return replace(planned, state="wrong", issues=(problem("row_refused", "", refused),))


def _written(context: Context, planned: Planned) -> str:
    def act(action: str, **data: Any) -> dict[str, Any]:
        return tk.get_action(f"orden_market_offer_{action}")(tk.fresh_context(context), data)

    offer = dict(planned.values)
    if planned.state == "new":
        return act("create", dataset=planned.dataset, offer=offer)["id"]
    draft = act("revise", id=planned.id) if planned.stands else {"id": planned.id, "revision": planned.revision}
    return act("update", id=draft["id"], offer=offer, revision=draft["revision"])["id"]


def _told(planned: Planned) -> dict[str, Any]:
    shown = {"line": planned.line, "state": planned.state, "dataset": planned.dataset, "id": planned.id}
    return {**shown, "title": planned.title, "issues": [asdict(issue) for issue in planned.issues]}


def _title(values: Mapping[str, Any]) -> str:
    title = values.get("title") or ""
    if not isinstance(title, Mapping):
        return str(title)
    return str(title.get(readers_language()) or next(filter(None, title.values()), ""))
