"""Every step in every state by everybody, at the actions, against the table of `docs/offers.md`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.metadata.offers import TRANSITIONS
from sqlalchemy import text
from sqlalchemy.exc import InternalError

from .conftest import OFFER, ROADS, Act

ROLES = {"editor": {"editor"}, "admin": {"admin"}, "reviewer": {"reviewer"}, "member": set(), "stranger": set()}
STEPS = ("submit", "recall", "return", "publish", "suspend", "resume", "discard", "withdraw")
Make = Callable[..., str]


def outcome(call: Callable[[], Any]) -> str:
    try:
        return call()["state"]
    except tk.NotAuthorized:
        return "not authorized"
    except tk.ValidationError:
        return "refused"


def expected(state: str, action: str, who: str) -> str:
    """What the table of steps says."""
    if not any(set(step.roles) & ROLES[who] for step in TRANSITIONS if step.action == action):
        return "not authorized"
    for step in TRANSITIONS:
        if step.action == action and state in step.sources and set(step.roles) & ROLES[who]:
            return step.target
    return "refused"


@pytest.mark.parametrize("state", ROADS)
def test_every_step_does_what_the_table_says_for_everybody(state: str, offer: Make, act: Act):
    done, wanted = {}, {}
    for action, who in product(STEPS, ROLES):
        offer_id = offer(state)
        call = lambda: act(who, f"offer_{action}", id=offer_id, reason="理由です")  # noqa: B023, E731
        done[action, who], wanted[action, who] = outcome(call), expected(state, action, who)
    assert done == wanted


@pytest.mark.parametrize("action", ["return", "suspend", "withdraw"])
def test_steps_that_hurt_need_a_reason(action: str, offer: Make, act: Act):
    offer_id = offer("in_review" if action == "return" else "published")
    with pytest.raises(tk.ValidationError) as caught:
        act("reviewer", f"offer_{action}", id=offer_id, reason=" ")
    assert list(caught.value.error_dict) == ["reason"]
    assert act("reviewer", "offer_show", id=offer_id)["state"] in {"in_review", "published"}


def test_nobody_publishes_what_they_submitted(offer: Make, act: Act):
    offer_id = offer()
    act("sysadmin", "offer_submit", id=offer_id)
    assert outcome(lambda: act("sysadmin", "offer_publish", id=offer_id)) == "refused"
    assert outcome(lambda: act("reviewer", "offer_publish", id=offer_id)) == "published"


def test_what_a_reviewer_suspends_only_a_reviewer_resumes(offer: Make, act: Act):
    offer_id = offer("published")
    act("reviewer", "offer_suspend", id=offer_id, reason="苦情の確認")
    assert outcome(lambda: act("admin", "offer_resume", id=offer_id)) == "refused"
    assert outcome(lambda: act("reviewer", "offer_resume", id=offer_id)) == "published"


def test_a_draft_with_gaps_is_kept_but_not_handed_in(dataset: str, act: Act):
    made = act("editor", "offer_create", dataset=dataset, offer={"price_mode": "usage", "price": "1"})
    assert made["state"] == "draft"
    with pytest.raises(tk.ValidationError) as caught:
        act("editor", "offer_submit", id=made["id"])
    assert {"title", "unit", "delivery", "licence", "seller", "buyers", "tax"} <= set(caught.value.error_dict)
    assert act("editor", "offer_show", id=made["id"])["revision"] == 1


def test_a_wrong_value_is_told_and_nothing_is_written(offer: Make, act: Act):
    offer_id = offer()
    with pytest.raises(tk.ValidationError) as caught:
        act("editor", "offer_update", id=offer_id, offer={**OFFER, "price": "abc", "period": "soon"})
    assert set(caught.value.error_dict) == {"price", "period"}
    assert act("editor", "offer_show", id=offer_id)["price"] == "50000"
    assert [step["action"] for step in act("editor", "offer_history", id=offer_id)] == ["create"]


def test_an_edit_on_a_revision_that_is_gone_is_refused(offer: Make, act: Act):
    offer_id = offer()
    act("admin", "offer_update", id=offer_id, offer={**OFFER, "price": "60000"}, revision=1)
    with pytest.raises(tk.ValidationError) as caught:
        act("editor", "offer_update", id=offer_id, offer={**OFFER, "price": "70000"}, revision=1)
    assert list(caught.value.error_dict) == ["revision"]
    assert act("editor", "offer_show", id=offer_id)["price"] == "60000"


def test_an_edit_that_changes_nothing_leaves_no_trace(offer: Make, act: Act):
    offer_id = offer()
    act("editor", "offer_update", id=offer_id, offer=OFFER)
    assert act("editor", "offer_show", id=offer_id)["revision"] == 1
    assert len(act("editor", "offer_history", id=offer_id)) == 1


def test_what_is_published_is_changed_by_a_new_version_only(offer: Make, act: Act):
    first = offer("published")
    assert outcome(lambda: act("admin", "offer_update", id=first, offer={**OFFER, "price": "1"})) == "refused"
    second = act("editor", "offer_revise", id=first)
    assert (second["number"], second["series"], second["state"]) == (2, first, "draft")
    assert outcome(lambda: act("admin", "offer_revise", id=first)) == "refused"
    act("editor", "offer_update", id=second["id"], offer={**OFFER, "price": "60000"})
    assert act("stranger", "offer_show", id=first)["price"] == "50000"
    act("editor", "offer_submit", id=second["id"])
    act("reviewer", "offer_publish", id=second["id"])
    assert act("editor", "offer_show", id=first)["state"] == "withdrawn"
    assert act("stranger", "offer_show", id=second["id"])["price"] == "60000"
    history = act("editor", "offer_history", id=first)
    assert [(step["action"], step["role"]) for step in history][-1] == ("replace", "system")


def test_the_database_keeps_what_was_handed_in_and_its_history(offer: Make):
    offer_id = offer("in_review")
    for statement in (
        "orden_market_offer SET content = '{}' WHERE id",
        "orden_market_step SET reason = 'x' WHERE offer_id",
    ):
        with pytest.raises(InternalError, match="never changes"):
            model.Session.execute(text(f"UPDATE {statement} = :id"), {"id": offer_id})
        model.Session.rollback()


def test_two_reviewers_at_once_publish_once(offer: Make, act: Act, app: Any):
    offer_id = offer("in_review")
    done: list[str] = []
    together = threading.Barrier(2)

    def review(who: str, action: str) -> None:
        with app.flask_app.test_request_context():
            together.wait()
            done.append(outcome(lambda: act(who, f"offer_{action}", id=offer_id, reason="不足")))
            model.Session.remove()

    threads = [
        threading.Thread(target=review, args=pair) for pair in (("reviewer", "publish"), ("reviewer2", "return"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    model.Session.expire_all()
    state = act("reviewer", "offer_show", id=offer_id)["state"]
    assert done.count("refused") == 1 and state in done
    assert len([step for step in act("reviewer", "offer_history", id=offer_id) if step["to"] != "in_review"]) == 2
