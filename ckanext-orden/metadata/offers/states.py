"""The life of an offer as data: which step leads from where to where, and who may take it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from ...types import Issue, Text
from .problems import problem

State = Literal["draft", "in_review", "published", "suspended", "withdrawn", "expired"]
Role = Literal["editor", "admin", "reviewer", "system"]
"""Editor and admin of the seller's organisation, the site's reviewer, and the site's own jobs."""


@dataclass(frozen=True)
class Transition:
    """A step.

    `reasoned` ones need a reason, `foreign` ones somebody else than who submitted the offer, and `releasing` ones
    undo what a reviewer did only for a reviewer.
    """

    action: str
    sources: tuple[State, ...]
    target: State
    roles: tuple[Role, ...]
    reasoned: bool = False
    foreign: bool = False
    releasing: bool = False


TRANSITIONS = (
    Transition("edit", ("draft",), "draft", ("editor", "admin")),
    Transition("submit", ("draft",), "in_review", ("editor", "admin")),
    Transition("recall", ("in_review",), "draft", ("editor", "admin")),
    Transition("return", ("in_review",), "draft", ("reviewer",), reasoned=True),
    Transition("publish", ("in_review",), "published", ("reviewer",), foreign=True),
    Transition("suspend", ("published",), "suspended", ("admin", "reviewer"), reasoned=True),
    Transition("resume", ("suspended",), "published", ("admin", "reviewer"), releasing=True),
    Transition("discard", ("draft", "in_review"), "withdrawn", ("editor", "admin")),
    Transition("withdraw", ("published", "suspended"), "withdrawn", ("admin", "reviewer"), reasoned=True),
    Transition("replace", ("published", "suspended"), "withdrawn", ("system",)),
    Transition("expire", ("in_review", "published", "suspended"), "expired", ("system",)),
)
"""What is published never changes: a change is a new draft, and its publication replaces the old offer."""

STATES: dict[State, Text] = {
    "draft": {"ja": "下書き", "en": "Draft"},
    "in_review": {"ja": "審査中", "en": "In review"},
    "published": {"ja": "公開中", "en": "Published"},
    "suspended": {"ja": "停止中", "en": "Suspended"},
    "withdrawn": {"ja": "取り下げ", "en": "Withdrawn"},
    "expired": {"ja": "期限切れ", "en": "Expired"},
}
ROLES: dict[Role, Text] = {
    "editor": {"ja": "提供者の編集者", "en": "an editor of the seller"},
    "admin": {"ja": "提供者の管理者", "en": "an admin of the seller"},
    "reviewer": {"ja": "審査担当者", "en": "a reviewer"},
    "system": {"ja": "システム", "en": "the site itself"},
}
ACTIONS: dict[str, Text] = {
    "edit": {"ja": "編集", "en": "edit"},
    "submit": {"ja": "審査の申請", "en": "submit"},
    "recall": {"ja": "申請の取り消し", "en": "recall"},
    "return": {"ja": "差し戻し", "en": "return"},
    "publish": {"ja": "公開", "en": "publish"},
    "suspend": {"ja": "一時停止", "en": "suspend"},
    "resume": {"ja": "再開", "en": "resume"},
    "discard": {"ja": "破棄", "en": "discard"},
    "withdraw": {"ja": "取り下げ", "en": "withdraw"},
    "replace": {"ja": "新しい版への置き換え", "en": "replace"},
    "expire": {"ja": "期限切れ", "en": "expire"},
}


def possible(state: State, roles: Collection[Role]) -> tuple[str, ...]:
    """The steps that somebody with these roles may take from a state."""
    return tuple(step.action for step in TRANSITIONS if state in step.sources and set(roles) & set(step.roles))


@dataclass(frozen=True)
class Taken:
    """How a step is taken: with which reason, by who submitted the offer or not, and who suspended it."""

    reason: str = ""
    by_submitter: bool = False
    suspended_by: Role | None = None


def move(state: State, action: str, roles: Collection[Role], taken: Taken = Taken()) -> State | Issue:
    """The state that a step leads to, or the Issue that says why it may not be taken.

    Raises KeyError for a step that is none.
    """
    name = ACTIONS[action]
    step = next((step for step in TRANSITIONS if step.action == action and state in step.sources), None)
    if step is None:
        return problem("move_unknown", "state", action, action=name, state=STATES[state])
    if not set(roles) & set(step.roles):
        return problem("move_role", "state", action, action=name, choices=_named(step.roles))
    if step.foreign and taken.by_submitter:
        return problem("move_own", "state", action)
    if step.releasing and taken.suspended_by == "reviewer" and "reviewer" not in roles:
        return problem("move_held", "state", action)
    if step.reasoned and not taken.reason.strip():
        return problem("move_reason", "reason", action)
    return step.target


def _named(roles: Collection[Role]) -> Text:
    return {
        "ja": "、".join(ROLES[role]["ja"] for role in roles),
        "en": " or ".join(ROLES[role]["en"] for role in roles),
    }
