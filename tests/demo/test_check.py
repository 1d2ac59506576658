"""The look from outside: right figures and hits pass, anything else is named."""

import json

import pytest

from demo.check import AXES, SEARCHES, check
from demo.plan import EXPECTED
from demo.world import world


def catalogue(datasets):
    """An action function over the demo's datasets."""
    shown = [
        {
            "name": dataset.name,
            "title": dataset.title,
            "organization": {"name": dataset.organization.name},
            "num_resources": len(dataset.resources),
        }
        for dataset in datasets
    ]
    by_name = {record["name"]: record for record in shown}

    def action(name, q="", rows=0, start=0, **parameters):
        if name == "organization_list":
            return sorted({record["organization"]["name"] for record in shown})
        fields = json.loads(parameters.get("facet.field", "[]"))
        items = {"items": [{"name": value, "count": 1} for value in "abc"]}
        found = [by_name[name] for name in SEARCHES[q]["datasets"] if name in by_name] if q else shown
        return {"results": found[start : start + rows], "search_facets": dict.fromkeys(fields, items)}

    return action


def test_the_whole_demo_passes():
    found = list(check(catalogue(world().datasets)))
    assert len(found) == 3 + len(AXES) + len(SEARCHES)
    assert [line for right, line in found if not right] == []


@pytest.mark.parametrize("missing", ["272035_evacuation_space", "270008_crime"])
def test_a_missing_dataset_is_named_in_the_figures(missing):
    found = list(check(catalogue([dataset for dataset in world().datasets if dataset.name != missing])))
    wrong = [line for right, line in found if not right]
    assert f"datasets: {EXPECTED['datasets'] - 1}, expected {EXPECTED['datasets']}" in wrong


def test_an_empty_site_fails_everywhere_but_the_facets():
    found = list(check(catalogue([])))
    assert sum(not right for right, _ in found) == 3 + len(SEARCHES)
