"""Every step of an offer's life, by every role, is as docs/offers.md says."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from ckanext.orden.metadata.offers import TRANSITIONS, Role, State, Taken, Transition, move, possible
from ckanext.orden.metadata.offers.states import ACTIONS, ROLES, STATES

STATES_ = get_args(State)
ROLES_ = get_args(Role)
DOCS = Path(__file__).parents[3] / "docs/offers.md"


def documented() -> dict[tuple[str, str, str], str]:
    """(state, action, role) -> target, of all steps in the table of docs/offers.md."""
    found: dict[tuple[str, str, str], str] = {}
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 7 and cells[0].strip("`") in ACTIONS:
            action, sources, target = (re.findall(r"`(\w+)`", cell) for cell in cells[:3])
            roles = [role for role, cell in zip(ROLES_, cells[3:], strict=True) if cell]
            found |= {(source, action[0], role): target[0] for source, role in product(sources, roles)}
    return found


@pytest.mark.parametrize(("state", "role"), list(product(STATES_, ROLES_)))
def test_role_may_take_in_a_state_the_documented_steps_and_no_others(state: State, role: Role):
    table = documented()
    for action in ACTIONS:
        outcome = move(state, action, [role], Taken(reason="理由"))
        expected = table.get((state, action, role))
        if expected:
            assert outcome == expected
            assert action in possible(state, [role])
        else:
            assert not isinstance(outcome, str)
            assert outcome.code in {"offer.move_unknown", "offer.move_role"}
            assert action not in possible(state, [role])


def test_visitor_without_a_role_may_take_no_step():
    for state in STATES_:
        assert possible(state, []) == ()
        assert all(not isinstance(move(state, action, [], Taken(reason="x")), str) for action in ACTIONS)


@pytest.mark.parametrize("step", [step for step in TRANSITIONS if step.reasoned], ids=lambda step: step.action)
def test_reasoned_step_without_a_reason_is_refused(step: Transition):
    outcome = move(step.sources[0], step.action, step.roles, Taken(reason=" \u3000"))
    assert not isinstance(outcome, str)
    assert (outcome.code, outcome.field) == ("offer.move_reason", "reason")


def test_publishing_what_one_submitted_is_refused():
    outcome = move("in_review", "publish", ["admin", "reviewer"], Taken(by_submitter=True))
    assert not isinstance(outcome, str)
    assert outcome.code == "offer.move_own"
    assert move("in_review", "publish", ["reviewer"]) == "published"


def reached(state: str) -> set[str]:
    """All states that any steps lead to from one."""
    found = {state}
    for _ in STATES_:
        found |= {step.target for step in TRANSITIONS if found & set(step.sources)}
    return found


def test_offer_once_published_is_never_edited_or_reviewed_again():
    assert reached("published") == {"published", "suspended", "withdrawn", "expired"}
    assert all(step.sources == ("draft",) for step in TRANSITIONS if step.action == "edit")


@pytest.mark.parametrize(
    ("suspended_by", "roles", "resumed"),
    [
        ("admin", ["admin"], True),
        ("reviewer", ["admin"], False),
        ("reviewer", ["reviewer"], True),
        ("admin", ["reviewer"], True),
    ],
)
def test_what_a_reviewer_suspended_only_a_reviewer_resumes(suspended_by: Role, roles: list[Role], resumed: bool):
    outcome = move("suspended", "resume", roles, Taken(suspended_by=suspended_by))
    assert outcome == "published" if resumed else not isinstance(outcome, str) and outcome.code == "offer.move_held"


@pytest.mark.parametrize("state", ["withdrawn", "expired"])
def test_offer_that_has_ended_takes_no_further_step(state: State):
    assert possible(state, ROLES_) == ()


def test_every_state_is_reached_from_the_draft():
    assert reached("draft") == set(STATES_)


def test_refusal_names_state_step_and_who_may():
    outcome = move("in_review", "publish", ["editor"])
    assert not isinstance(outcome, str)
    assert "審査担当者" in outcome.hint["ja"]
    assert "a reviewer" in outcome.hint["en"]
    unknown = move("draft", "publish", ["reviewer"])
    assert not isinstance(unknown, str)
    assert "下書き" in unknown.message["ja"]


def test_two_reviewers_at_once_have_one_outcome():
    first = move("in_review", "publish", ["reviewer"])
    assert first == "published"
    second = move("published", "return", ["reviewer"], Taken(reason="遅れて届いた差し戻し"))
    assert not isinstance(second, str)
    assert second.code == "offer.move_unknown"


def test_states_roles_and_steps_have_names_in_both_languages():
    assert set(STATES) == set(STATES_)
    assert set(ROLES) == set(ROLES_)
    assert set(ACTIONS) == {step.action for step in TRANSITIONS}
    for texts in (*STATES.values(), *ROLES.values(), *ACTIONS.values()):
        assert texts["ja"]
        assert texts["en"]
