"""What the catalogue would say to a dataset: the same answer for form, script and list, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.lib.navl.dictization_functions import DataError
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..metadata.validation import check
from ..types import Report
from .indexing import axes_of, organization_of
from .rules import Errors, merged, refusals, shown, validated


@dataclass(frozen=True)
class Judgement:
    """`errors` keep a dataset out, the report says what else could be better, `axes` where it would stand and why."""

    errors: Errors
    report: Report
    axes: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The judgement as the action answers it."""
        report = self.report.as_dict()
        return {"valid": not self.errors, "errors": self.errors, "issues": report["issues"], "axes": self.axes}


def judge(context: Context, data_dict: Mapping[str, Any], package: model.Package | None = None) -> Judgement:
    """Judges a dataset as it would be registered, or changed when it is there already."""
    try:
        values, errors = validated(context, data_dict, package)
    except (DataError, AttributeError, TypeError) as error:
        raise tk.ValidationError({"dataset": [tk._("This is not a dataset")]}) from error
    dataset = merged(data_dict if errors else shown(values), package)
    organization = organization_of(dataset)
    report = check(dataset, organization)
    return Judgement({**errors, **refusals(report)}, report, axes_of(dataset))
