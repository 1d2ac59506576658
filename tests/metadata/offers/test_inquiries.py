"""Every step of an inquiry, by each side, is as docs/offers.md says; texts that are too much are refused."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from ckanext.orden.metadata.messages import is_mail
from ckanext.orden.metadata.offers.inquiries import (
    INQUIRY_ACTIONS,
    INQUIRY_STATES,
    INQUIRY_STEPS,
    InquiryState,
    InquiryStep,
    Side,
    move_inquiry,
    possible_steps,
)
from ckanext.orden.metadata.offers.inquiry_texts import LONGEST, inquiry_problems

STATES = get_args(InquiryState)
SIDES = get_args(Side)
DOCS = Path(__file__).parents[3] / "docs/offers.md"


def documented() -> dict[tuple[str, str, str], str]:
    """(state, action, side) -> target, of all steps in the table of docs/offers.md."""
    found: dict[tuple[str, str, str], str] = {}
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0].strip("`") in INQUIRY_ACTIONS:
            action, sources, target = (re.findall(r"`(\w+)`", cell) for cell in cells[:3])
            sides = [side for side, cell in zip(SIDES, cells[3:], strict=True) if cell]
            found |= {(source, action[0], side): target[0] for source, side in product(sources, sides)}
    return found


@pytest.mark.parametrize(("state", "side"), list(product(STATES, SIDES)))
def test_side_may_take_in_a_state_the_documented_steps_and_no_others(state: InquiryState, side: Side):
    table = documented()
    for action in INQUIRY_ACTIONS:
        outcome = move_inquiry(state, action, [side], "本文")
        expected = table.get((state, action, side))
        if expected:
            assert outcome == expected
            assert action in possible_steps(state, [side])
        else:
            assert not isinstance(outcome, str)
            assert outcome.code in {"offer.move_unknown", "offer.move_role"}
            assert action not in possible_steps(state, [side])


def test_states_have_words_in_both_languages():
    assert set(INQUIRY_STATES) == set(STATES)
    assert all(text["ja"] and text["en"] for text in INQUIRY_STATES.values())


@pytest.mark.parametrize("step", [step for step in INQUIRY_STEPS if step.written or step.reasoned], ids=str)
def test_step_without_its_text_is_refused(step: InquiryStep):
    outcome = move_inquiry(step.sources[0], step.action, step.sides, " \u3000\n")
    assert not isinstance(outcome, str)
    assert outcome.code == ("offer.move_reason" if step.reasoned else "offer.inquiry_text")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("text", "あ" * (LONGEST["text"] + 1), "offer.too_long"),
        ("text", "https://a.example " * 4, "offer.inquiry_links"),
        ("text", "a\x00b", "offer.inquiry_control"),
        ("name", "花子\r\nBcc: all@example.jp", "offer.inquiry_control"),
        ("mail", "a@example.jp\nBcc: b@example.jp", "offer.inquiry_control"),
        ("mail", "a@example.jp, b@example.jp", "offer.inquiry_mail"),
        ("mail", "not an address", "offer.inquiry_mail"),
        ("purpose", " ", "offer.inquiry_field"),
    ],
)
def test_text_that_is_too_much_or_missing_is_named(field: str, value: str, code: str):
    assert [issue.code for issue in inquiry_problems({field: value}, ("purpose",))] == [code]


def test_text_of_several_lines_with_three_links_is_taken():
    said = "はじめまして。\n\n" + "https://a.example/ " * 3
    assert inquiry_problems({"text": said, "mail": "hanako@example.jp", "affiliation": ""}, ("text", "mail")) == ()


@pytest.mark.parametrize(
    "address", ["", "a@b", "花子@example.jp", "a b@example.jp", "<a@example.jp>", "a@example.jp\n"]
)
def test_address_that_is_more_or_less_than_one_is_none(address: str):
    assert not is_mail(address)
