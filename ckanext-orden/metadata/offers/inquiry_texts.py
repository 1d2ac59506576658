"""What people write into an inquiry: how long it may be, and what makes it look like an advertisement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...types import Issue, Text
from ..messages import LONGEST_MAIL, MOST_LINKS, has_control, is_mail, too_many_links
from .problems import problem

LONGEST: dict[str, int] = {
    "name": 100,
    "mail": LONGEST_MAIL,
    "affiliation": 200,
    "purpose": 500,
    "text": 4000,
    "reason": 1000,
}
"""The fields of an inquiry and the most characters each may have."""
LABELS: dict[str, Text] = {
    "name": {"ja": "お名前", "en": "Name"},
    "mail": {"ja": "メールアドレス", "en": "E-mail address"},
    "affiliation": {"ja": "所属", "en": "Affiliation"},
    "purpose": {"ja": "利用目的", "en": "Purpose of use"},
    "text": {"ja": "お問い合わせ内容", "en": "Message"},
    "reason": {"ja": "理由", "en": "Reason"},
}
_LINES = frozenset({"purpose", "text", "reason"})
"""Fields of several lines; the others stand in headers of mails."""


def inquiry_problems(values: Mapping[str, str], needed: tuple[str, ...]) -> tuple[Issue, ...]:
    """What is wrong with what somebody wrote; `needed` fields must be there."""
    return tuple(issue for name, value in values.items() if name in LONGEST for issue in _wrong(name, value, needed))


def _wrong(name: str, value: str, needed: tuple[str, ...]) -> Iterator[Issue]:
    label = LABELS[name]
    if name in needed and not value.strip():
        yield problem("inquiry_field", name, label=label)
    if len(value) > LONGEST[name]:
        yield problem("too_long", name, str(LONGEST[name]), label=label)
    if has_control(value) or (name not in _LINES and re.search(r"[\r\n]", value)):
        yield problem("inquiry_control", name, label=label)
    elif name == "mail" and value and not is_mail(value):
        yield problem("inquiry_mail", name)
    if too_many_links(value):
        yield problem("inquiry_links", name, str(MOST_LINKS), label=label)
