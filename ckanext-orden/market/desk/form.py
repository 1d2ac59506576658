"""The form for an offer: what is typed, read into flat values, and each field as the page shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from ...helpers.languages import orden_text
from ...metadata.offers import Field, fields, terms
from ...metadata.offers.terms import OTHER, remark_of, with_remark
from ...metadata.vocabularies import licences
from ..registry import markets
from .sections import SECTIONS, hint, title

Form = MultiDict[str, str]
Values = dict[str, Any]
Choice = tuple[str, str]

LANGUAGES = ("ja", "en")
LONG = frozenset({"summary", "price_note", "notices", "support"})
"""Texts of several lines."""
_DURATION = re.compile(r"P(T?)(.*)([YMWDHS])", re.DOTALL)
UNITS = ("D", "W", "M", "Y", "TH", "TM")
"""Units of a length of time, as ISO 8601 writes them; T is for times of a day."""


@dataclass(frozen=True)
class Input:
    """One field of the form: how it is filled in, with what, and what is to be said about it."""

    name: str
    kind: str
    label: str
    hint: str
    value: Any
    choices: tuple[Choice, ...]
    needs: Mapping[str, str]
    errors: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()

    def need(self, mode: str) -> str:
        """What a price mode does with it; without a mode it may be there."""
        return self.needs.get(mode, "may")


@dataclass(frozen=True)
class Part:
    """One section of the form with its inputs; `open` says whether the fold has something to show."""

    name: str
    title: str
    main: tuple[Input, ...]
    more: tuple[Input, ...]
    open: bool


def typed(form: Form) -> Values:
    """Everything that was typed, as flat values, right or wrong."""
    read = {name: _READERS.get(field.kind, _one)(form, name) for name, field in fields().items()}
    return {name: value for name, value in read.items() if value not in (None, "", [], {})}


def stated(values: Mapping[str, Any]) -> Values:
    """Of what was typed, that which the chosen price mode has room for."""
    mode = values.get("price_mode", "")
    return {name: value for name, value in values.items() if fields()[name].needs.get(mode) != "no"}


def parts(values: Mapping[str, Any], issues: Iterable[Mapping[str, Any]], samples: Iterable[Choice]) -> list[Part]:
    """The form filled in with values, with the issues of a report beside their fields."""
    found = {"sample": tuple(samples)}
    inputs = {name: _input(field, values.get(name), found.get(name), issues) for name, field in fields().items()}
    made = []
    for section in SECTIONS:
        main, more = (tuple(inputs[name] for name in names) for names in (section.main, section.more))
        worth = any(each.value not in (None, "", [], {}) or each.errors for each in more)
        made.append(Part(section.name, title(section), main, more, worth))
    return made


def menus() -> dict[str, list[str]]:
    """The words that a spreadsheet may offer for a column; each is read back as what it stands for."""
    found = {name: terms(field.vocabulary) for name, field in fields().items() if field.kind in ("term", "open_term")}
    yes_or_no = {name: ["true", "false"] for name, field in fields().items() if field.kind == "bool"}
    return {name: [orden_text(term.label) for term in each] for name, each in found.items()} | yes_or_no


def duration_parts(value: object) -> tuple[str, str]:
    """A length of time as its number and its unit, to be typed and chosen apart."""
    match = _DURATION.fullmatch(str(value or ""))
    return (match[2], match[1] + match[3]) if match else (str(value or ""), "M")


def remark_in(values: object) -> str:
    """The words of one's own among chosen terms."""
    found = [values] if isinstance(values, str) else values if isinstance(values, (list, tuple)) else []
    return next((words for item in found if (words := remark_of(str(item)))), "")


def _input(field: Field, value: Any, choices: tuple[Choice, ...] | None, issues: Iterable[Mapping[str, Any]]) -> Input:
    own = [issue for issue in issues if issue["field"] == field.name]
    said = {kind: tuple(_text(issue) for issue in own if issue["severity"] == kind) for kind in ("error", "warning")}
    return Input(
        field.name,
        "long" if field.name in LONG else field.kind,
        orden_text(field.label),
        hint(field.name),
        value,
        choices if choices is not None else _choices(field),
        field.needs,
        said["error"],
        said["warning"],
    )


def _text(issue: Mapping[str, Any]) -> str:
    return " ".join(text for text in (orden_text(issue["message"]), orden_text(issue["hint"])) if text)


def _choices(field: Field) -> tuple[Choice, ...]:
    if field.kind == "licence":
        return tuple((licence.id, orden_text(licence.title)) for licence in licences())
    if field.kind == "links":
        return tuple((code, orden_text(market.name)) for code, market in markets().items() if market.enabled)
    return tuple((term.code, orden_text(term.label)) for term in terms(field.vocabulary)) if field.vocabulary else ()


def _one(form: Form, name: str) -> str:
    return form.get(name, "").strip()


def _many(form: Form, name: str) -> list[str]:
    return [value for value in form.getlist(name) if value.strip()]


def _texts(form: Form, name: str) -> dict[str, str]:
    prefix = f"{name}-"
    texts = {key.removeprefix(prefix): form[key] for key in form if key.startswith(prefix)}
    return {tag: text for tag, text in texts.items() if text.strip()}


def _open_term(form: Form, name: str) -> str:
    remark = form.get(f"{name}-other", "").strip()
    return with_remark(remark) if remark else _one(form, name)


def _open_terms(form: Form, name: str) -> list[str]:
    remark = form.get(f"{name}-other", "").strip()
    chosen = [code for code in _many(form, name) if code != OTHER or not remark]
    return [*chosen, with_remark(remark)] if remark else chosen


def _duration(form: Form, name: str) -> str:
    number, unit = form.get(name, "").strip(), form.get(f"{name}-unit", "M")
    return f"P{'T' if len(unit) > 1 else ''}{number}{unit[-1:]}" if number else ""


def _links(form: Form, name: str) -> list[dict[str, str]]:
    rows = zip(*(form.getlist(f"{name}-{part}") for part in ("market", "url", "external_id")), strict=False)
    links = ({"market": market, "url": url.strip(), "external_id": number.strip()} for market, url, number in rows)
    return [link for link in links if link["url"] or link["external_id"]]


_READERS: dict[str, Callable[[Form, str], Any]] = {
    "duration": _duration,
    "links": _links,
    "open_term": _open_term,
    "open_terms": _open_terms,
    "terms": _many,
    "texts": _texts,
}
