"""What strangers write into a form: whether it is a mail address, and what makes it look like an advertisement."""

from __future__ import annotations

import re

LONGEST_MAIL = 200
MOST_LINKS = 3
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]")


def is_mail(address: str) -> bool:
    """Whether a mail may be sent to this address: one plain address in ASCII and nothing else."""
    return bool(_MAIL.fullmatch(address)) and len(address) <= LONGEST_MAIL


def has_control(text: str) -> bool:
    """Whether a text has characters that nobody types."""
    return bool(_CONTROL.search(text))


def too_many_links(text: str) -> bool:
    """Whether a text holds more links than somebody needs who asks something."""
    return len(_LINK.findall(text)) > MOST_LINKS
