"""The languages of the interface and texts that carry several of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ckan.lib.i18n import get_available_locales
from ckan.plugins import toolkit as tk
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


def orden_language() -> str:
    """The two-letter language of the page."""
    return str(tk.h.lang() or "en").split("_")[0]


def orden_text(texts: Mapping[str, str] | str | None) -> str:
    """A {"ja", "en"} text in the page's language, else in English, else in any."""
    if not texts or isinstance(texts, str):
        return texts or ""
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
            tag=tk.h.unix_locale_to_bcp47(locale.short_name),
            name=NAMES.get(locale.short_name, locale.display_name or locale.english_name),
            url=str(tk.h.url_for(here, locale=locale.short_name)),
            current=locale.short_name == current,
        )
        for locale in get_available_locales()
    ]


def page_address() -> str:
    """Path and query of this page without host and language: a foreign Host header must not reach a link."""
    query = tk.request.query_string.decode("utf-8", "replace")
    path = "/" + tk.request.path.lstrip("/")
    return f"{path}?{query}" if query else path
