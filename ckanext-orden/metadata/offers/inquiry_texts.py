"""What people write into an inquiry: how long it may be, and what makes it look like an advertisement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...types import Issue, Text
from .problems import problem

LONGEST: dict[str, int] = {
    "name": 100,
    "mail": 200,
    "affiliation": 200,
    "purpose": 500,
    "text": 4000,
    "reason": 1000,
}
"""The fields of an inquiry and the most characters each may have."""
MOST_LINKS = 3
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
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def is_mail(address: str) -> bool:
    """Whether a mail may be sent to this address: one plain address in ASCII and nothing else."""
    return bool(_MAIL.fullmatch(address)) and len(address) <= LONGEST["mail"]


def inquiry_problems(values: Mapping[str, str], needed: tuple[str, ...]) -> tuple[Issue, ...]:
    """What is wrong with what somebody wrote; `needed` fields must be there."""
    return tuple(issue for name, value in values.items() if name in LONGEST for issue in _wrong(name, value, needed))


def _wrong(name: str, value: str, needed: tuple[str, ...]) -> Iterator[Issue]:
    label = LABELS[name]
    if name in needed and not value.strip():
        yield problem("inquiry_field", name, label=label)
    if len(value) > LONGEST[name]:
        yield problem("too_long", name, str(LONGEST[name]), label=label)
    if _CONTROL.search(value) or (name not in _LINES and re.search(r"[\r\n]", value)):
        yield problem("inquiry_control", name, label=label)
    elif name == "mail" and value and not is_mail(value):
        yield problem("inquiry_mail", name)
    if len(_LINK.findall(value)) > MOST_LINKS:
        yield problem("inquiry_links", name, str(MOST_LINKS), label=label)
