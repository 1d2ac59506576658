"""The life of an inquiry as data: which step leads from where to where, and which side may take it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from ...types import Issue, Text
from .problems import problem

InquiryState = Literal["unconfirmed", "received", "answered", "agreed", "closed"]
Side = Literal["buyer", "provider"]
"""Who asks, and the people of the organisation that is asked."""


@dataclass(frozen=True)
class InquiryStep:
    """A step; `written` ones bring a message, `reasoned` ones a reason that the other side reads."""

    action: str
    sources: tuple[InquiryState, ...]
    target: InquiryState
    sides: tuple[Side, ...]
    written: bool = False
    reasoned: bool = False


INQUIRY_STEPS = (
    InquiryStep("confirm", ("unconfirmed",), "received", ("buyer",)),
    InquiryStep("answer", ("received", "answered"), "answered", ("provider",), written=True),
    InquiryStep("answer", ("agreed",), "agreed", ("provider",), written=True),
    InquiryStep("ask", ("received", "answered"), "received", ("buyer",), written=True),
    InquiryStep("ask", ("agreed",), "agreed", ("buyer",), written=True),
    InquiryStep("agree", ("received", "answered"), "agreed", ("provider",)),
    InquiryStep("close", ("received", "answered", "agreed"), "closed", ("buyer", "provider"), reasoned=True),
)

INQUIRY_STATES: dict[InquiryState, Text] = {
    "unconfirmed": {"ja": "メール確認待ち", "en": "Waits for confirmation"},
    "received": {"ja": "受付（回答待ち）", "en": "Received, waits for an answer"},
    "answered": {"ja": "回答済み", "en": "Answered"},
    "agreed": {"ja": "合意", "en": "Agreed"},
    "closed": {"ja": "終了", "en": "Closed"},
}
SIDES: dict[Side, Text] = {
    "buyer": {"ja": "問い合わせた人", "en": "who asks"},
    "provider": {"ja": "提供者の編集者・管理者", "en": "an editor or admin of the provider"},
}
INQUIRY_ACTIONS: dict[str, Text] = {
    "confirm": {"ja": "メールアドレスの確認", "en": "confirm"},
    "answer": {"ja": "回答", "en": "answer"},
    "ask": {"ja": "追加の質問", "en": "ask"},
    "agree": {"ja": "合意の記録", "en": "agree"},
    "close": {"ja": "終了", "en": "close"},
}


def possible_steps(state: InquiryState, sides: Collection[Side]) -> tuple[str, ...]:
    """The steps that somebody on these sides may take from a state."""
    return tuple(step.action for step in INQUIRY_STEPS if state in step.sources and set(sides) & set(step.sides))


def move_inquiry(state: InquiryState, action: str, sides: Collection[Side], text: str = "") -> InquiryState | Issue:
    """The state that a step leads to, or the Issue that says why it may not be taken; `text` is message or reason.

    Raises KeyError for a step that is none.
    """
    name = INQUIRY_ACTIONS[action]
    step = next((step for step in INQUIRY_STEPS if step.action == action and state in step.sources), None)
    if step is None:
        return problem("move_unknown", "state", action, action=name, state=INQUIRY_STATES[state])
    if not set(sides) & set(step.sides):
        return problem("move_role", "state", action, action=name, choices=_named(step.sides))
    if step.reasoned and not text.strip():
        return problem("move_reason", "reason", action)
    if step.written and not text.strip():
        return problem("inquiry_text", "text", action)
    return step.target


def _named(sides: Collection[Side]) -> Text:
    return {
        "ja": "、".join(SIDES[side]["ja"] for side in sides),
        "en": " or ".join(SIDES[side]["en"] for side in sides),
    }
