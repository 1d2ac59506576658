"""Mails written from a room's texts, in the language of their reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from ckan.plugins import toolkit as tk

from .. import config
from ..metadata.parsing.text import one_line


@dataclass(frozen=True)
class Letter:
    """A mail to one address."""

    to: str
    subject: str
    body: str


def written(folder: Path, name: str, said: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text from the file of that name: the subject is its first line."""
    subject, _, body = _templates(folder).get_template(name).render(said).partition("\n")
    return one_line(subject), body.lstrip("\n")


def mail_language(locale: str) -> str:
    """The language of mails for who reads the site in another."""
    return "ja" if locale.startswith("ja") else "en"


def site_language() -> str:
    """The language of mails to those who have not chosen one."""
    return mail_language(str(tk.config["ckan.locale_default"]))


def root(language: str) -> str:
    """Where the site's pages in a language are."""
    return config.site_url() + ("" if language == tk.config["ckan.locale_default"] else f"/{language}")


@cache
def _templates(folder: Path) -> jinja2.Environment:
    files = jinja2.FileSystemLoader(folder)
    options: dict[str, Any] = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    return jinja2.Environment(loader=files, autoescape=False, **options)  # noqa: S701 - plain text
