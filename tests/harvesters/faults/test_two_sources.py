"""Two workers that bring the same datasets from two sources at the same moment: one dataset of each, one owner."""

from __future__ import annotations

import pytest
from ckan import model
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.planning import plans

from .barriers import Moment, barrier
from .dialects import CKAN
from .whole import assert_no_harm, assert_whole
from .workers import Stand, blocked

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"), pytest.mark.long]
FINISHED, ERRORS = 0, 1


@pytest.mark.parametrize(
    ("priority", "code", "outcome"), [(0, ERRORS, "errors"), (1, FINISHED, "updated"), (-1, FINISHED, "yielded")]
)
def test_second_worker_waits_for_the_first_and_judges_by_what_it_finds(
    publish, make_source, stand: Stand, priority: int, code: int, outcome: str
):
    catalogue = publish(CKAN, harvested=False)
    titles = catalogue.publisher.titles
    second = make_source(catalogue.publisher.url, CKAN.kind, name="second", **{**CKAN.config, "rows": 4})
    plans.change(second, priority=priority)
    model.Session.commit()
    with barrier(Moment("INSERT ON package", "NEW.title LIKE '% 4'")) as reached:
        worker = stand.start("orden-harvest", "run", "osaka-pref", "--json")
        worker.reaches(reached, "the middle of its batch")
        other = stand.start("orden-harvest", "run", "second", "--json")
        other.reaches(lambda: blocked() > 1, "the records that the first one writes")
    assert (worker.wait(), other.wait()) == (FINISHED, code)
    model.Session.remove()
    run = runs.last(second)
    assert run
    assert {name: run.counts[name] for name in ("added", outcome)} == {"added": 0, outcome: len(titles)}
    if priority > 0:
        assert_whole(run, titles)
    else:
        assert_no_harm(catalogue.source, titles)
        catalogue.assert_recovers()
