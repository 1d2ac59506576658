"""Values, states and steps of offers in the reader's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from ckan.plugins import toolkit as tk

from ...helpers.languages import orden_text, readers_language
from ...metadata.offers import duration_in, fields, label
from ...metadata.offers.states import ACTIONS, ROLES, STATES, Role, State
from ...metadata.vocabularies import licence_for
from ..registry import markets

__all__ = [
    "orden_market_field",
    "orden_market_link_state",
    "orden_market_outcome",
    "orden_market_role",
    "orden_market_said",
    "orden_market_state",
    "orden_market_states",
    "orden_market_step",
    "orden_market_unit",
]

_LOOKS = {
    "draft": ("edit", ""),
    "in_review": ("clock", "icho"),
    "published": ("check", "ashi"),
    "suspended": ("pause", "ume"),
    "withdrawn": ("close", ""),
    "expired": ("calendar", ""),
}


def orden_market_state(state: str) -> dict[str, str]:
    """The look of a state: word, icon, hue."""
    icon, hue = _LOOKS[state]
    return {"word": orden_text(STATES[cast(State, state)]), "icon": icon, "hue": hue}


def orden_market_link_state(state: str) -> dict[str, str]:
    """The look of a link's state: word, icon, hue."""
    word, icon, hue = {
        "unchecked": (tk._("Not asked yet"), "clock", ""),
        "ok": (tk._("The page opens"), "check", "ashi"),
        "broken": (tk._("Does not open"), "error", "ume"),
        "refused": (tk._("Not allowed"), "warn", "icho"),
    }[state]
    return {"word": word, "icon": icon, "hue": hue}


def orden_market_states() -> tuple[str, ...]:
    """All states, in the order of an offer's life."""
    return tuple(STATES)


def orden_market_unit(unit: str) -> str:
    """A unit of a length of time."""
    return {
        "D": tk._("days"),
        "W": tk._("weeks"),
        "M": tk._("months"),
        "Y": tk._("years"),
        "TH": tk._("hours"),
        "TM": tk._("minutes"),
    }[unit]


def orden_market_role(role: str) -> str:
    """A role in the reader's language."""
    return orden_text(ROLES[cast(Role, role)])


def orden_market_step(action: str) -> str:
    """A step as a button or a line of the history calls it."""
    own = {
        "create": tk._("Begin the draft"),
        "revise": tk._("Begin a new version"),
        "edit": tk._("Edit"),
        "submit": tk._("Hand in for review"),
        "recall": tk._("Take back from review"),
        "return": tk._("Return to the provider"),
        "publish": tk._("Publish"),
        "suspend": tk._("Suspend"),
        "resume": tk._("Show again"),
        "discard": tk._("Discard"),
        "withdraw": tk._("Withdraw for good"),
    }
    return own.get(action) or orden_text(ACTIONS.get(action, {"en": action}))


def orden_market_outcome(action: str) -> str:
    """What a step has brought about."""
    return {
        "submit": tk._("The offer was handed in. A reviewer looks at it next."),
        "recall": tk._("The offer was taken back and is a draft again."),
        "return": tk._("The offer was returned to the provider with your reason."),
        "publish": tk._("The offer is published."),
        "suspend": tk._("The offer is suspended: readers do not see it."),
        "resume": tk._("The offer is shown again."),
        "discard": tk._("The offer was discarded; its history stays."),
        "withdraw": tk._("The offer was withdrawn for good."),
        "revise": tk._("A draft of the next version was made; the published one stands until it is replaced."),
    }[action]


def orden_market_field(name: str) -> str:
    """What a field of an offer is called."""
    return orden_text(fields()[name].label) if name in fields() else name


def orden_market_said(name: str, value: Any) -> str:
    """A value of an offer's field in words; nothing is an empty text."""
    if value in (None, "", [], {}) or name not in fields():
        return ""
    field = fields()[name]
    if isinstance(value, (list, tuple)):
        joined = "、" if readers_language() == "ja" else ", "
        return joined.join(orden_market_said(name, item) for item in value)
    if field.vocabulary:
        return orden_text(label(field.vocabulary, str(value)))
    return _WORDS.get(field.kind, str)(value)


def _bool(value: Any) -> str:
    return tk._("Yes") if value in (True, "true") else tk._("No")


def _licence(value: Any) -> str:
    found = licence_for(value)
    return orden_text(found.title) if found else str(value)


def _link(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    market = markets().get(str(value.get("market", "")))
    name = orden_text(market.name) if market else str(value.get("market", ""))
    return f"{name}: {value.get('url', '')}"


_WORDS: dict[str, Callable[[Any], str]] = {
    "bool": _bool,
    "duration": lambda value: duration_in(readers_language(), str(value)),
    "licence": _licence,
    "links": _link,
    "term_or_date": lambda value: duration_in(readers_language(), str(value)),
    "texts": lambda value: orden_text(value) if isinstance(value, Mapping) else str(value),
}
