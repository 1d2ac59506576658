"""Actions on the stored report of a dataset."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...model import OrdenReport
from ...types import Issue, Report


@tk.side_effect_free
def orden_report_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The latest report on a dataset: is it valid, and every issue with its message in Japanese and English.

    :param id: the id or name of the dataset
    """
    package = _package(context, data_dict)
    tk.check_access("orden_report_show", context, {"id": package.id})
    found = OrdenReport.of(package.id)
    if not found:
        raise tk.ObjectNotFound(tk._("There is no report on this dataset yet"))
    return {**found.report, "package_id": package.id, "made_at": found.made_at.isoformat()}


def orden_report_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Stores the report on a dataset in the place of the one before; with `defer_commit` the caller commits.

    :param id: the id or name of the dataset
    :param report: a Report, or its JSON
    """
    package = _package(context, data_dict)
    tk.check_access("orden_report_update", context, {"id": package.id})
    report = _report(data_dict.get("report"))
    OrdenReport.put({package.id: report})
    if not context.get("defer_commit"):
        model.repo.commit()
    return {**report.as_dict(), "package_id": package.id}


def _package(context: Context, data_dict: DataDict) -> model.Package:
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if not package:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    context["package"] = package
    return package


def _report(value: Any) -> Report:
    if isinstance(value, Report):
        return value
    try:
        issues = tuple(Issue(**issue) for issue in value["issues"])
        return Report(issues, value.get("subject", ""), value.get("level", ""), value.get("checked", 0))
    except (KeyError, TypeError, AttributeError) as error:
        raise tk.ValidationError({"report": [tk._("This is not a report")]}) from error
