"""What can be wrong with an offer, in words, each with the way out: `data/problems.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from ...types import Issue, Severity, Text
from ..parsing.text import clean
from ..vocabularies.loader import Row, rows

_LANGUAGES = ("ja", "en")
_LONGEST = 200


class Wrong(ValueError):  # noqa: N818 - it names what is wrong with a value
    """A value that cannot be read: `code` is the problem, `value` what its sentence speaks of."""

    def __init__(self, code: str, value: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.value = clean(value)


def problem(code: str, field: str, value: str = "", where: str = "", **said: Text) -> Issue:
    """The Issue `offer.<code>`; `said` fills the words that its sentences leave open."""
    row = _problems()[code]
    shown = value[:_LONGEST]
    return Issue(
        f"offer.{code}",
        cast(Severity, row["severity"]),
        field,
        {language: _filled(row[language], language, said, shown) for language in _LANGUAGES},
        {language: _filled(row[f"hint_{language}"], language, said, shown) for language in _LANGUAGES},
        where,
        shown,
    )


def _filled(sentence: str, language: str, said: Mapping[str, Text], value: str) -> str:
    return sentence.format(value=value, **{name: text[language] for name, text in said.items()})


@cache
def _problems() -> dict[str, Row]:
    return {row["problem"]: row for row in rows("problems", __package__)}
