"""The box that buyers will see, while the offer is still being written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...metadata.offers import check, values_of
from ..offers.showing import told
from ..registry import markets


def preview(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the dataset's page shows an offer, with its gaps; what is wrong is left out, empty if all is."""
    issues = check(values, markets(), draft=True).report.issues
    wrong = {issue.field for issue in issues if issue.severity == "error"}
    right = {name: value for name, value in values.items() if name not in wrong}
    offer = check(right, markets(), draft=True).offer
    if not right or offer is None:
        return {}
    content = values_of(offer)
    report = check(content, markets()).report.as_dict()
    return with_gaps({**told(content, content.get("links", ())), "report": report})


def with_gaps(offer: Mapping[str, Any]) -> dict[str, Any]:
    """An offer with its report, and under `gaps` the fields that it still lacks."""
    return {**offer, "gaps": list(_gaps(offer["report"]["issues"]))}


def _gaps(issues: Iterable[Mapping[str, Any]]) -> dict[str, None]:
    return dict.fromkeys(issue["field"] for issue in issues if issue["code"].endswith("missing"))
