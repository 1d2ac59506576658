"""What is wrong with a row, as Issues: in the codes of the rules and in the words of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import has_request_context

from ..helpers.languages import readers_language
from ..metadata.mapping.list_fields import column_of
from ..metadata.parsing.list_columns import Generation
from ..types import Issue, Severity, Text

_TEXTS: dict[str, tuple[Severity, Text, Text]] = {
    "list.no_description": (
        "warning",
        {
            "ja": "説明がないため、タイトルを説明とします。",
            "en": "There is no description; the title stands in for it.",
        },
        {
            "ja": "何のデータか、どう使えるかを1、2文で書いてください。",
            "en": "Say in one or two sentences what the data is and what it is good for.",
        },
    ),
    "list.revived": (
        "warning",
        {"ja": "削除したデータセットを元に戻します。", "en": "A dataset that was deleted comes back."},
        {
            "ja": "戻したくないときは、一覧から行を消してください。",
            "en": "Take the row out of the list if it should not.",
        },
    ),
    "list.other_body": (
        "warning",
        {
            "ja": "一覧の全国地方公共団体コードが、選んだ団体のコードと違います。",
            "en": "The list's local government code is not that of the chosen organization.",
        },
        {
            "ja": "団体を選びまちがえていないか確かめてください。",
            "en": "See that you have chosen the right organization.",
        },
    ),
    "list.edited": (
        "error",
        {
            "ja": "確認したあとに登録内容が変わったため、取り込みませんでした。",
            "en": "The dataset was changed after the preview, so the row was not applied.",
        },
        {
            "ja": "一覧をもう一度読み込み、変わるところを確かめてください。",
            "en": "Hand the list in again and look at the changes.",
        },
    ),
    "list.not_allowed": (
        "error",
        {"ja": "このデータセットを書きかえる権限がありません。", "en": "You may not change this dataset."},
        {"ja": "団体の管理者に連絡してください。", "en": "Ask an administrator of the organization."},
    ),
}


@dataclass(frozen=True)
class Place:
    """Where a listed dataset stands: its first line and the line of each file."""

    line: int | None = None
    file_lines: Sequence[int | None] = ()

    def of_file(self, number: int) -> int | None:
        """The line of a file, counted from 0; the dataset's for one that the list does not name."""
        return (self.file_lines[number] if number < len(self.file_lines) else None) or self.line

    def among(self, listed: Sequence[Mapping[str, Any]], merged: Iterable[Mapping[str, Any]]) -> Place:
        """The same for the files of the merged dataset."""
        lines = {file.get("url"): line for file, line in zip(listed, self.file_lines, strict=True)}
        return Place(self.line, [lines.get(file.get("url")) for file in merged])


def said(code: str, place: Place = Place(), value: str = "", field: str = "") -> Issue:
    """One of this room's own issues."""
    severity, message, hint = _TEXTS[code]
    return Issue(code, severity, field, message, hint, _where(place.line), value[:200])


def refused(
    errors: Mapping[str, Any], place: Place, wanted: Mapping[str, Any], known: Iterable[Issue] = ()
) -> Iterator[Issue]:
    """What validators say to the wanted dataset, one issue a field; the rule that objects to the same field speaks."""
    rules = {(issue.field, issue.where): issue for issue in known if issue.severity == "error"}
    for field, line, text, value in _flat(errors, place, wanted):
        rule = rules.get((field, _where(line)))
        if rule and any(text.startswith(message) for message in rule.message.values()):
            yield replace(rule, value=rule.value or value)
        else:
            code = rule.code if rule else "field.refused"
            yield Issue(code, "error", field, _in_words(text), where=_where(line), value=value)


def of_rules(issues: Iterable[Issue], place: Place) -> Iterator[Issue]:
    """The rules' issues, with the file's line in the place of `resource 2`."""
    for issue in issues:
        kind, _, number = issue.where.partition(" ")
        if kind == "resource" and number.isdigit():
            yield replace(issue, field=f"resources.{issue.field}", where=_where(place.of_file(int(number) - 1)))
        else:
            yield replace(issue, where=_where(place.line))


def as_row(issue: Issue, generation: Generation) -> dict[str, Any]:
    """An issue as JSON, with its line and column."""
    kind, _, number = issue.where.partition(" ")
    of_file = issue.field.startswith("resources.") or issue.code.startswith(("resource.", "ngsi."))
    field = issue.field.removeprefix("resources.")
    column = column_of(generation, field, of_file=of_file) or column_of(generation, field, of_file=not of_file)
    line = int(number) if kind == "line" and number.isdigit() else None
    return {**asdict(issue), "line": line, "column": column}


def _flat(
    errors: Mapping[str, Any], place: Place, wanted: Mapping[str, Any]
) -> Iterator[tuple[str, int | None, str, str]]:
    """(field, line, text, value) of each message of an error dict."""
    for name, found in errors.items():
        if name == "resources" and isinstance(found, list):
            files = dict(enumerate(wanted.get("resources") or []))
            for number, of_file in enumerate(found):
                if isinstance(of_file, Mapping):
                    for key, text in _texts(of_file):
                        yield f"resources.{key}", place.of_file(number), text, _value(files.get(number, {}), key)
                else:
                    yield "resources", place.line, str(of_file), ""
            continue
        yield from ((key, place.line, text, _value(wanted, key)) for key, text in _texts({name: found}))


def _value(values: Mapping[str, Any], path: str) -> str:
    """What is written in a field, or in the first entry of a list that holds it."""
    name, _, rest = path.partition(".")
    found = values.get(name)
    if isinstance(found, list):
        found = found[0] if found else None
    if rest and isinstance(found, Mapping):
        return _value(found, rest)
    return str(found)[:200] if isinstance(found, str | int | float) else ""


def _texts(errors: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, found in errors.items():
        messages = found if isinstance(found, list) else [found]
        for message in messages:
            if isinstance(message, Mapping):
                yield from _texts(message, f"{path}{name}.")
            elif message:
                yield f"{path}{name}", str(message)


def _in_words(text: str) -> Text:
    """A validator speaks the language of the request only, and English outside one."""
    return {readers_language(): text, "en": text} if has_request_context() else {"en": text}


def _where(line: int | None) -> str:
    return f"line {line}" if line else ""
