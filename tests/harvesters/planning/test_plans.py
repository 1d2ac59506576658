"""The plan of a source."""

from __future__ import annotations

import pytest
from ckan import model
from ckanext.orden.harvesters.planning import plans

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")


def test_a_source_without_a_plan_has_the_defaults_and_leaves_no_row():
    plan = plans.of("nothing-settled")
    assert (plan.cron, plan.window, plan.priority, plan.notify, plan.approved) == ("", "", 0, "problems", None)
    model.Session.commit()
    assert model.Session.query(type(plan)).count() == 0


def test_first_change_leaves_a_source_without_a_plan_approved():
    assert plans.is_approved("older")
    plan = plans.change("older", cron="0 3 * * *")
    assert plan.approved is not None
    assert plans.of("older").cron == "0 3 * * *"


def test_what_is_settled_stays_and_the_rest_keeps_its_default():
    plans.change("one", cron="0 3 * * *")
    model.Session.commit()
    plans.change("one", priority=5)
    model.Session.commit()
    model.Session.expire_all()
    plan = plans.of("one")
    assert (plan.cron, plan.priority, plan.notify) == ("0 3 * * *", 5, "problems")
