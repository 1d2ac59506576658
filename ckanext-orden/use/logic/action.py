"""Actions that tell how datasets are used and what the catalogue holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...clock import local_date
from ...logic.asking import whole_number
from .. import reading, statistics
from ..reading import Asked

MOST, DEFAULT = 100, 10


@tk.side_effect_free
def orden_use_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """How often the pages of public datasets were read and their files taken, by people and not by programs.

    :param id: id or name of a dataset; without it, the whole catalogue
    :param organization: id or name of an organisation: only of its datasets
    :param from: the first day (default: the twelve months that end with the last day's)
    :param to: the last day (default: today)
    :param by: `month` (default) or `day`
    :param sort: `downloads` (default) or `views`: what the most used datasets are ranked by
    :param limit: how many of them at most, 1 to 100 (default 10)
    :returns: `from`, `to`, `totals` and `series` (each period that has any) with `views` and `downloads`; of the
        catalogue also `datasets`, the most used first
    """
    tk.check_access("orden_use_list", context, data_dict)
    last = _day(data_dict, "to", local_date())
    first = _day(data_dict, "from", statistics.last_year(last))
    asked = Asked(first, last, _dataset(data_dict), _organization(data_dict))
    if asked.first > asked.last:
        raise tk.ValidationError({"from": [tk._("The first day lies after the last one")]})
    by = _choice(data_dict, "by", ("month", "day"))
    sort = _choice(data_dict, "sort", ("downloads", "views"))
    limit = whole_number(data_dict, "limit", DEFAULT, MOST)
    found: dict[str, Any] = {"from": asked.first.isoformat(), "to": asked.last.isoformat(), "by": by}
    found |= {"totals": reading.totals(asked), "series": reading.series(asked, by)}
    return found if asked.dataset else found | {"datasets": reading.most_used(asked, sort, limit)}


@tk.side_effect_free
def orden_use_statistics_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What the catalogue holds and how it is used, from public datasets alone; at most ten minutes old.

    :returns: `made_at`; `now` (`datasets`, `resources`, `organizations`); `growth`, the same at the end of each month;
        `plan`, per fiscal year of the road map what was planned and what was there; `holdings`, how many datasets each
        value of the axes, `theme`, `format` and `licence` has; `use`, the last twelve months' `views`, `downloads` and
        `searches`; `most_used`, the datasets of the last thirty days
    """
    tk.check_access("orden_use_statistics_show", context, data_dict)
    return statistics.whole()


def _dataset(given: Mapping[str, Any]) -> str:
    """The id of the dataset that is asked for; who may not know of it was refused."""
    identifier = str(given.get("id") or "")
    package = model.Package.get(identifier) if identifier else None
    return str(package.id) if package else ""


def _organization(given: Mapping[str, Any]) -> str:
    """The id of the organisation that is asked for."""
    identifier = str(given.get("organization") or "")
    group = model.Group.get(identifier) if identifier else None
    if identifier and (not group or not group.is_organization or group.state != model.State.ACTIVE):
        raise tk.ObjectNotFound(tk._("There is no such organisation"))
    return str(group.id) if group else ""


def _day(given: Mapping[str, Any], name: str, default: date) -> date:
    written = str(given.get(name) or "").strip()
    try:
        return date.fromisoformat(written) if written else default
    except ValueError:
        message = tk._("“{text}” is no day. Write it as 2026-04-01.").format(text=written)
        raise tk.ValidationError({name: [message]}) from None


def _choice(given: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str:
    chosen = str(given.get(name) or choices[0])
    if chosen not in choices:
        raise tk.ValidationError({name: [tk._("Must be one of {choices}").format(choices=", ".join(choices))]})
    return chosen
