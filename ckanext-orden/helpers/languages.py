"""The languages of the interface and texts that carry several of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ckan.lib.i18n import get_locales, get_locales_dict
from ckan.plugins import toolkit as tk
from flask import has_request_context
from markupsafe import Markup

JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
NAMES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True)
class Language:
    """One entry of the language menu: `tag` is BCP 47, `name` is the language's own."""

    tag: str
    name: str
    url: str
    current: bool


def readers_language() -> str:
    """The language of the request; outside one (jobs, commands) the site's."""
    return (tk.h.lang() if has_request_context() else None) or tk.config["ckan.locale_default"]


def orden_language() -> str:
    """The two-letter language of the page."""
    return readers_language().split("_")[0]


def orden_text(texts: Mapping[str, str] | str | None) -> str:
    """A {"ja", "en"} text in the page's language, else in English, else in any."""
    if isinstance(texts, str):
        return texts
    if not texts:
        return ""
    return texts.get(orden_language()) or texts.get("en") or next(iter(texts.values()), "")


def orden_lang(text: object) -> Markup:
    """The `lang` attribute of a text that is Japanese on a page that is not, else nothing."""
    foreign = orden_language() != "ja" and JAPANESE.search(str(text or ""))
    return Markup(' lang="ja"') if foreign else Markup("")


def orden_languages() -> list[Language]:
    """The offered languages with the address of this page in each."""
    here = page_address()
    current = str(tk.h.lang())
    return [
        Language(
            tag=tk.h.unix_locale_to_bcp47(code),
            name=NAMES.get(code) or _own_name(code),
            url=str(tk.h.url_for(here, locale=code)),
            current=code == current,
        )
        for code in get_locales()
    ]


def _own_name(code: str) -> str:
    locale = get_locales_dict().get(code)
    return (locale.display_name if locale else None) or code


def page_address() -> str:
    """Path and query of this page without host and language: a foreign Host header must not reach a link."""
    query = tk.request.query_string.decode("utf-8", "replace")
    path = "/" + tk.request.path.lstrip("/")
    return f"{path}?{query}" if query else path
