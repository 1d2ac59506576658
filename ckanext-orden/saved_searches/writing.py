"""The mail about saved searches, in the language of its reader."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from ckan import model
from ckan.plugins import toolkit as tk

from .. import config
from ..correspondence import letters
from ..metadata.parsing.text import one_line
from . import tokens
from .finding import News

TEXTS = Path(__file__).parent / "mails"
SHOWN = 20
"""So many datasets of a search are named; a link leads to the rest."""


@dataclass(frozen=True)
class Mail:
    """A mail as it is handed to CKAN."""

    subject: str
    body: str
    headers: dict[str, str]


def mail(user: model.User, found: Sequence[News]) -> Mail:
    """One mail about all that is new for a person."""
    language = max(found, key=lambda each: each.search.created).search.language
    root = letters.root(language)
    leave = f"{root}/user/saved-searches/unsubscribe/{tokens.token(user.id)}"
    said = {
        "site": one_line(tk.config["ckan.site_title"]),
        "count": len({dataset["id"] for each in found for dataset in each.datasets}),
        "searches": [_section(each, root) for each in found],
        "list": f"{root}/user/saved-searches",
        "unsubscribe": leave,
    }
    subject, body = letters.written(TEXTS, f"news.{letters.mail_language(language)}.txt", said)
    headers = {
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Message-ID": _message_id(user, found),
    }
    return Mail(subject, body, headers)


def _section(each: News, root: str) -> dict[str, Any]:
    row = each.search
    newest = [*(pair for pair in row.parameters() if pair[0] != "sort"), ("sort", "metadata_modified desc")]
    return {
        "name": one_line(row.name),
        "changes": row.changes,
        "datasets": [_entry(dataset, root) for dataset in each.datasets[:SHOWN]],
        "more": max(0, len(each.datasets) - SHOWN),
        "link": f"{root}/dataset/?{urlencode(newest)}",
    }


def _entry(dataset: Mapping[str, Any], root: str) -> dict[str, str]:
    title = dataset.get("title") or dataset["name"]
    return {"title": one_line(title), "link": f"{root}/dataset/{quote(dataset['name'])}"}


def _message_id(user: model.User, found: Sequence[News]) -> str:
    """The same until what the mail tells of is noted: mail programs show a mail once that comes twice."""
    told = [f"{each.search.id} {each.search.since.isoformat()}" for each in found]
    mark = hashlib.sha256("\n".join([user.id, *sorted(told)]).encode()).hexdigest()[:32]
    return f"<saved-search.{mark}@{urlsplit(config.site_url()).hostname}>"
